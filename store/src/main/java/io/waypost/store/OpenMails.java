package io.waypost.store;

import io.waypost.message.MessageId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Mails that were accepted lately and are not settled, so that their first steps need no question to the rows. May forget
 * any of them at any time; changed by the writer thread, asked by all.
 */
final class OpenMails {

    private static final int LIMIT = 50_000;

    private final Map<MessageId, OpenMail> mails = new ConcurrentHashMap<>();

    /**
     * @param seq its number in the rows
     * @param runs how many its plan has
     * @param content where its bytes are
     */
    record OpenMail(long seq, int runs, Location content) {}

    void put(MessageId id, OpenMail mail) {
        if (mails.size() < LIMIT) {
            mails.put(id, mail);
        }
    }

    @Nullable
    OpenMail find(MessageId id) {
        return mails.get(id);
    }

    void remove(MessageId id) {
        mails.remove(id);
    }

    void clear() {
        mails.clear();
    }
}
