package io.waypost.smtp.session;

import io.waypost.message.Client;
import io.waypost.message.Envelope;
import io.waypost.message.Recipient;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.wire.ChunkReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One mail from MAIL to its end (RFC 5321 3.3): what was said, and the content that has arrived. */
final class MailTransaction {

    /** The chunks of a mail that comes by BDAT. */
    record Chunks(ChunkReader reader, DataPace pace) {}

    private final MailCommand mail;
    private final Client client;
    private final List<Recipient> recipients = new ArrayList<>();
    private @Nullable IncomingContent content;
    private @Nullable Chunks chunks;

    MailTransaction(MailCommand mail, Client client) {
        this.mail = mail;
        this.client = client;
    }

    MailCommand mail() {
        return mail;
    }

    Client client() {
        return client;
    }

    int recipientCount() {
        return recipients.size();
    }

    /** A recipient that was named before is not delivered to twice. */
    void add(Recipient recipient) {
        if (recipients.stream().noneMatch(known -> known.address().equals(recipient.address()))) {
            recipients.add(recipient);
        }
    }

    Envelope envelope() {
        return new Envelope(
                mail.from(), recipients, client, mail.body(), mail.smtpUtf8(), mail.envelopeId(), mail.dsnReturn());
    }

    List<String> recipientNames() {
        return recipients.stream().map(known -> known.address().toString()).toList();
    }

    /** What the peer announced, or -1. */
    long expectedSize() {
        return mail.size() > 0 ? mail.size() : -1;
    }

    void begin(IncomingContent incoming) {
        content = incoming;
    }

    /** The chunks so far; null before the first BDAT. */
    @Nullable
    Chunks chunks() {
        return chunks;
    }

    void begin(Chunks first) {
        chunks = first;
    }

    boolean hasContent() {
        return content != null;
    }

    /** The content; there is one once DATA or BDAT was taken. */
    IncomingContent content() {
        if (content == null) {
            throw new IllegalStateException("no content yet");
        }
        return content;
    }

    /** Forgets the content, and tells how the transaction ended if it had got that far. */
    void end(SessionObserver observer, SessionObserver.Result result) {
        if (content != null) {
            content.close();
            observer.transactionEnded(result, content.size());
            content = null;
        }
    }

    static SessionObserver.Result resultOf(Refusal refusal) {
        return refusal.reply().isPermanent() ? SessionObserver.Result.REFUSED : SessionObserver.Result.DEFERRED;
    }
}
