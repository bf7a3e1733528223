package io.waypost.store;

import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the process knows about the committed rows without asking them. Changed by the writer thread after each commit;
 * {@link #recount} makes it anew from the rows.
 */
final class Memory {

    /** The run number of a mail's own content. */
    static final int ORIGINAL = -1;

    private final Segments segments;
    private final OpenMails openMails = new OpenMails();
    private final Claims claims = new Claims();
    private final Timetable timetable = new Timetable();
    private final ClosedVersions closedVersions = new ClosedVersions();
    private final AtomicLong unsettled = new AtomicLong();
    private final Executor cleaner;
    private final LongConsumer deleteOwnFile;

    /** @param deleteOwnFile deletes a file by its number, on the cleaner's thread; never throws */
    Memory(Segments segments, Executor cleaner, LongConsumer deleteOwnFile) {
        this.segments = segments;
        this.cleaner = cleaner;
        this.deleteOwnFile = deleteOwnFile;
    }

    OpenMails openMails() {
        return openMails;
    }

    Claims claims() {
        return claims;
    }

    Timetable timetable() {
        return timetable;
    }

    ClosedVersions closedVersions() {
        return closedVersions;
    }

    long unsettled() {
        return unsettled.get();
    }

    void accepted(Mail mail, long seq, Location location) {
        added(location);
        unsettled.incrementAndGet();
        openMails.put(mail.id(), new OpenMails.OpenMail(seq, mail.plan().runs().size(), location));
    }

    void added(Location location) {
        if (!location.own()) {
            segments.of(location.file()).added(location.length());
        }
    }

    void settled(MessageId id) {
        openMails.remove(id);
        unsettled.decrementAndGet();
    }

    /** These bytes are wanted no more. The mail must have left {@link #openMails()} before. */
    void released(List<RowWriter.Released> released) {
        for (RowWriter.Released bytes : released) {
            if (bytes.own()) {
                cleaner.execute(() -> deleteOwnFile.accept(bytes.file()));
            } else {
                segments.of(bytes.file()).released(bytes.bytes());
            }
        }
    }

    /** The mail's number. */
    static OptionalLong seq(OpenMails.@Nullable OpenMail open, MessageId id, RowReader rows) throws SQLException {
        return open != null ? OptionalLong.of(open.seq()) : rows.seq(id);
    }

    /** Makes all this anew from the rows: another process changed them, or the result of a commit was unknown. */
    void recount(RowReader rows) throws SQLException {
        openMails.clear();
        timetable.doubt();
        segments.counted(rows.liveSegments());
        unsettled.set(rows.unsettledCount());
    }
}
