package io.waypost.actions.mailet;

import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a mailet sees it: the rule's recipients, the envelope's sender, the message parsed when first asked for. Lives for one
 * attempt, on one thread; it is serializable only because the interface is.
 */
@SuppressWarnings({"deprecation", "InlineMeSuggester", "JavaUtilDate"}) // the interface is James'
final class RuleMail implements Mail {

    private static final long serialVersionUID = 1L;
    private static final int DUPLICATE_LIMIT = 1_000_000;

    private final transient Effect effect;
    private final transient MessageSource source;
    private final transient Session session;
    private final String hostname;
    private final @Nullable MailAddress sender;
    private final HashMap<AttributeName, Attribute> attributes = new HashMap<>();
    private final PerRecipientHeaders recipientHeaders = new PerRecipientHeaders();
    private String name;
    private ArrayList<MailAddress> recipients = new ArrayList<>();
    private transient @Nullable MimeMessage message;
    private String state = DEFAULT;
    private @Nullable String error;
    private Date updated;

    /** @throws AddressException when an address of the envelope is none in James' eyes */
    RuleMail(Effect effect, MessageSource source, Session session, String hostname) throws AddressException {
        this.effect = effect;
        this.source = source;
        this.session = session;
        this.hostname = hostname;
        this.name = effect.mail().id().value();
        this.updated = Date.from(effect.mail().acceptedAt());
        this.sender = effect.mail().envelope().from() instanceof ReversePath.Of(EmailAddress address)
                ? new MailAddress(address.toString())
                : null;
        for (EmailAddress address : effect.run().recipients()) {
            recipients.add(new MailAddress(address.toString()));
        }
        setAttribute(new Attribute(
                SMTP_HELO, AttributeValue.of(effect.mail().envelope().client().helo())));
    }

    /** The message as it is now, if anybody asked for it or set another. */
    Optional<MimeMessage> touchedMessage() {
        return Optional.ofNullable(message);
    }

    @Override
    public MimeMessage getMessage() throws MessagingException {
        if (message == null) {
            try {
                message = new TrackedMessage(session, source.open(), effect, hostname);
            } catch (IOException e) {
                throw new MessagingException("the message cannot be read: " + e.getMessage(), e);
            }
        }
        return message;
    }

    @Override
    public void setMessage(MimeMessage other) {
        message = other;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void setName(String other) {
        name = other;
    }

    @Override
    public Collection<MailAddress> getRecipients() {
        return recipients;
    }

    @Override
    public void setRecipients(Collection<MailAddress> others) {
        recipients = new ArrayList<>(others);
    }

    @Override
    @Deprecated
    public @Nullable MailAddress getSender() {
        return sender;
    }

    /** In memory, so only of a message that is not large. */
    @Override
    public Mail duplicate() throws MessagingException {
        if (source.size() > DUPLICATE_LIMIT) {
            throw new MessagingException("a message of more than " + DUPLICATE_LIMIT + " bytes is not duplicated");
        }
        RuleMail copy = new RuleMail(effect, source, session, hostname);
        copy.name = name + "-copy";
        copy.recipients = new ArrayList<>(recipients);
        copy.attributes.putAll(attributes);
        copy.recipientHeaders.addAll(recipientHeaders);
        copy.message = new MimeMessage(getMessage());
        copy.state = state;
        return copy;
    }

    @Override
    public String getState() {
        return state;
    }

    @Override
    public void setState(String other) {
        state = other;
    }

    @Override
    public @Nullable String getErrorMessage() {
        return error;
    }

    @Override
    public void setErrorMessage(String text) {
        error = text;
    }

    /** The address again: client names are not looked up. */
    @Override
    public String getRemoteHost() {
        return getRemoteAddr();
    }

    @Override
    public String getRemoteAddr() {
        return effect.mail().envelope().client().address().getHostAddress();
    }

    @Override
    public long getMessageSize() {
        return source.size();
    }

    @Override
    public Date getLastUpdated() {
        return (Date) updated.clone();
    }

    @Override
    public void setLastUpdated(Date time) {
        updated = (Date) time.clone();
    }

    @Override
    public Stream<Attribute> attributes() {
        return List.copyOf(attributes.values()).stream();
    }

    @Override
    public Stream<AttributeName> attributeNames() {
        return List.copyOf(attributes.keySet()).stream();
    }

    @Override
    public Optional<Attribute> getAttribute(AttributeName key) {
        return Optional.ofNullable(attributes.get(key));
    }

    @Override
    public Optional<Attribute> setAttribute(Attribute attribute) {
        return Optional.ofNullable(attributes.put(attribute.getName(), attribute));
    }

    @Override
    public Optional<Attribute> removeAttribute(AttributeName key) {
        return Optional.ofNullable(attributes.remove(key));
    }

    @Override
    public void removeAllAttributes() {
        attributes.clear();
    }

    @Override
    public boolean hasAttributes() {
        return !attributes.isEmpty();
    }

    @Override
    @Deprecated
    public @Nullable Serializable getAttribute(String key) {
        return value(getAttribute(AttributeName.of(key)));
    }

    @Override
    @Deprecated
    public @Nullable Serializable setAttribute(String key, Serializable value) {
        return value(setAttribute(Attribute.convertToAttribute(key, value)));
    }

    @Override
    @Deprecated
    public @Nullable Serializable removeAttribute(String key) {
        return value(removeAttribute(AttributeName.of(key)));
    }

    private static @Nullable Serializable value(Optional<Attribute> attribute) {
        return attribute
                .map(found -> found.getValue().value() instanceof Serializable value ? value : null)
                .orElse(null);
    }

    @Override
    @Deprecated
    public Iterator<String> getAttributeNames() {
        return attributeNames().map(AttributeName::asString).iterator();
    }

    @Override
    public void addSpecificHeaderForRecipient(PerRecipientHeaders.Header header, MailAddress recipient) {
        recipientHeaders.addHeaderForRecipient(header, recipient);
    }

    @Override
    public PerRecipientHeaders getPerRecipientSpecificHeaders() {
        return recipientHeaders;
    }
}
