package io.waypost.outbound.tracking;

import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.outbound.port.ConfigurationSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the links of a mail into its texts (contract 4.9, 4.10). A mail that wants none is not looked at; a text that cannot be
 * understood stays as it is, and its mail is sent. Shared by all threads; blocks.
 */
public final class BodyLinks {

    private static final Logger LOG = LoggerFactory.getLogger(BodyLinks.class);

    // Each holds a text several times over, a dozen times MailRewriter.MOST_TEXT at worst; a small heap has room for so
    // many.
    private final Semaphore places = new Semaphore(4);
    private final URI ours;
    private final TrackedLinks tokens;
    private final Spool spool;

    /**
     * @param ours where the world reaches the HTTP port
     * @param spool whose drafts hold a rewritten message, so that it counts like any other
     */
    public BodyLinks(URI ours, TrackedLinks tokens, Spool spool) {
        this.ours = ours;
        this.tokens = tokens;
        this.spool = spool;
    }

    /**
     * A message with its links.
     *
     * @param content the very content that came, where nothing was changed
     * @param tracked whether a link or a picture in it tells of its reader
     * @param draft what holds the content
     */
    public record Linked(MessageContent content, boolean tracked, Optional<Draft> draft) implements AutoCloseable {

        @Override
        public void close() {
            draft.ifPresent(Draft::close);
        }
    }

    /**
     * Writes a message's texts anew, where its configuration set or its list wants it so.
     *
     * @param unsubscribe where the recipient ends his subscription, of mail to a list
     * @throws IOException when there is no room for it, or the content cannot be read
     */
    public Linked into(
            MessageContent content, MessageId mail, Optional<ConfigurationSet> set, Optional<String> unsubscribe)
            throws IOException {
        MailLinks.Wanted wanted = new MailLinks.Wanted(
                set.map(ConfigurationSet::tracksOpens).orElse(false),
                set.map(ConfigurationSet::tracksClicks).orElse(false),
                unsubscribe);
        if (wanted.isNothing()) {
            return new Linked(content, false, Optional.empty());
        }
        MailLinks links =
                new MailLinks(mail, wanted, new LinkBase(ours, set.flatMap(ConfigurationSet::redirect)), tokens);
        places.acquireUninterruptibly();
        try {
            return rewritten(content, links);
        } finally {
            places.release();
        }
    }

    private Linked rewritten(MessageContent content, MailLinks links) throws IOException {
        Draft draft = spool.draft(content.size());
        boolean changed = false;
        try (InputStream in = content.open()) {
            OutputStream out = new BufferedOutputStream(new DraftStream(draft), 16 * 1024);
            boolean any = new MailRewriter(in, out, new MailTexts(links)).run();
            out.flush();
            changed = any;
        } finally {
            if (!changed) {
                draft.close();
            }
        }
        return changed
                ? new Linked(draft, links.areThere(), Optional.of(draft))
                : new Linked(content, false, Optional.empty());
    }

    /** The texts of one mail. */
    private record MailTexts(MailLinks links) implements MailRewriter.Texts {

        @Override
        public boolean wants(EntityHeader header) {
            return links.unsubscribe().isPresent()
                    || (links.tracks() && header.type().equals("text/html"));
        }

        @Override
        public Optional<TextBody.Encoded> rewritten(EntityHeader header, byte[] body) {
            try {
                return TextBody.decode(header.encoding(), body).flatMap(text -> rewritten(header, body, text));
            } catch (RuntimeException e) {
                // Whatever an application wrote, its mail is sent.
                LOG.warn("a text of {} was not understood and stays as it is", links.mail(), e);
                return Optional.empty();
            }
        }

        private Optional<TextBody.Encoded> rewritten(EntityHeader header, byte[] body, byte[] decoded) {
            String text = new String(decoded, StandardCharsets.ISO_8859_1);
            if (text.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            String written = header.type().equals("text/html")
                    ? HtmlRewriter.rewritten(text, links)
                    : PlainRewriter.rewritten(text, links);
            return written.equals(text)
                    ? Optional.empty()
                    : Optional.of(
                            TextBody.encode(header.encoding(), written.getBytes(StandardCharsets.ISO_8859_1), body));
        }
    }

    private static final class DraftStream extends OutputStream {

        private final Draft draft;

        DraftStream(Draft draft) {
            this.draft = draft;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            draft.write(octets, offset, length);
        }
    }
}
