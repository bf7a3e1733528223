package io.waypost.store;

import io.waypost.message.MessageId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Points content at copies that are durable in files of their own; answers how many the rows took. */
final class MoveJob extends Job<Integer> {

    /** One content that was copied. */
    record Move(MessageId message, long mail, int run, Location from, Location to) {}

    private final List<Move> moves;
    private final Memory memory;
    private final List<Move> taken = new ArrayList<>();
    private final List<Move> refused = new ArrayList<>();

    MoveJob(List<Move> moves, Memory memory) {
        this.moves = List.copyOf(moves);
        this.memory = memory;
    }

    @Override
    void apply(RowWriter rows) throws SQLException {
        taken.clear();
        refused.clear();
        for (Move move : moves) {
            boolean moved = rows.moveContent(move.mail(), move.run(), move.from(), move.to());
            (moved ? taken : refused).add(move);
        }
    }

    @Override
    Integer committed() {
        for (Move move : taken) {
            memory.openMails().remove(move.message());
            memory.released(List.of(new RowWriter.Released(
                    move.from().file(), false, move.from().length())));
        }
        for (Move move : refused) {
            memory.released(List.of(
                    new RowWriter.Released(move.to().file(), true, move.to().length())));
        }
        return taken.size();
    }
}
