package io.waypost.store;

import io.waypost.message.EffectKey;
import io.waypost.message.MessageId;
import io.waypost.message.RunState;
import io.waypost.message.port.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The questions to a ledger that its rows alone can answer. */
abstract class RowLedger implements Ledger {

    private final Readers readers;

    RowLedger(Readers readers) {
        this.readers = readers;
    }

    final Readers readers() {
        return readers;
    }

    @Override
    public final List<RunState> states(MessageId id) throws IOException {
        return readers.ask(rows -> {
            rows.begin();
            try {
                OptionalLong mail = rows.seq(id);
                return mail.isPresent() ? rows.states(mail.getAsLong()) : List.of();
            } finally {
                rows.end();
            }
        });
    }

    @Override
    public final Optional<Story> story(MessageId id) throws IOException {
        return readers.ask(rows -> rows.story(id));
    }

    @Override
    public final List<DeadEffect> dead(int limit, Optional<EffectKey> after) throws IOException {
        return readers.ask(rows -> rows.dead(limit, after));
    }
}
