package io.waypost.actions.mailet;

import io.waypost.rules.Effect;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import javax.activation.DataHandler;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;

/**
 * A message that knows whether it was changed, so that one nobody touched is never written again: signatures would not survive it.
 * What javax.mail would make up when it saves (Message-ID, Date) is derived from the mail, so that a repeat makes the same.
 */
@SuppressWarnings("JavaUtilDate") // the interface is javax.mail's
final class TrackedMessage extends MimeMessage {

    private final String messageId;
    private final Instant date;
    private boolean read;
    private boolean changed;
    private boolean unsaved;

    TrackedMessage(Session session, InputStream source, Effect effect, String hostname) throws MessagingException {
        super(session);
        this.messageId = "<" + effect.mail().id() + "@" + hostname + ">";
        this.date = effect.mail().acceptedAt();
        parse(source);
        saved = true;
        read = true;
    }

    boolean changed() {
        return changed;
    }

    /** Many mailets change the body and leave saving to the server. */
    void finish() throws MessagingException {
        if (unsaved) {
            saveChanges();
        }
    }

    private void touch() {
        // Parsing goes through some of the same methods.
        changed |= read;
    }

    @Override
    public void setHeader(String name, String value) throws MessagingException {
        super.setHeader(name, value);
        touch();
    }

    @Override
    public void addHeader(String name, String value) throws MessagingException {
        super.addHeader(name, value);
        touch();
    }

    @Override
    public void removeHeader(String name) throws MessagingException {
        super.removeHeader(name);
        touch();
    }

    @Override
    public void addHeaderLine(String line) throws MessagingException {
        super.addHeaderLine(line);
        touch();
    }

    @Override
    public synchronized void setDataHandler(DataHandler handler) throws MessagingException {
        super.setDataHandler(handler);
        touch();
        unsaved = true;
    }

    /** Saving writes the body anew and makes up headers, so it is done only where the body can have changed. */
    @Override
    public void saveChanges() throws MessagingException {
        // Parts can be changed in place only after getContent() kept them here.
        if (!unsaved && cachedContent == null) {
            return;
        }
        super.saveChanges();
        touch();
        unsaved = false;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        if (getHeader("Message-ID") == null) {
            setHeader("Message-ID", messageId);
        }
    }

    @Override
    protected synchronized void updateHeaders() throws MessagingException {
        if (getHeader("Date") == null) {
            setSentDate(Date.from(date));
        }
        super.updateHeaders();
    }
}
