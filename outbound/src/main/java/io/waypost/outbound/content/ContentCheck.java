package io.waypost.outbound.content;

import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Verdict;
import io.waypost.outbound.port.ContentScanner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a mail may be delivered for what is in it: by what was found when it was accepted, and by a scanner. A mail is scanned once
 * for all its recipients, and once more for those that are tried much later. Safe for all threads.
 */
public final class ContentCheck {

    /** Mails whose answer is kept. */
    private static final int MOST = 1_000;

    private final ContentScanner scanner;
    private final Map<MessageId, Scan> scans = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageId, Scan> eldest) {
            return size() > MOST;
        }
    };

    /** Of one mail; guarded by itself. */
    private static final class Scan {
        @Nullable
        Optional<String> found;
    }

    public ContentCheck(ContentScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * What is wrong with it; empty when nothing is.
     *
     * @throws IOException when it cannot be looked at now
     */
    public Optional<String> found(Mail mail, MessageContent content) throws IOException {
        Verdict virus = mail.verdicts().virus();
        if (virus.status() == Verdict.Status.FAIL) {
            return Optional.of(virus.result());
        }
        if (scanner == ContentScanner.NONE) {
            return Optional.empty();
        }
        Scan scan;
        synchronized (scans) {
            scan = scans.computeIfAbsent(mail.id(), id -> new Scan());
        }
        synchronized (scan) {
            Optional<String> found = scan.found;
            if (found == null) {
                found = scanner.find(content);
                scan.found = found;
            }
            return found;
        }
    }
}
