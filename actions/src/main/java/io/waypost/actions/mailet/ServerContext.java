package io.waypost.actions.mailet;

import io.waypost.message.Domain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.mailet.HostAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server as mailets see it. Mail is sent through the submission port; nothing is looked up in DNS, and there are no users and no
 * further processors. Shared by all mailets and threads.
 */
@SuppressWarnings({"deprecation", "InlineMeSuggester"}) // the interface is James'
final class ServerContext implements MailetContext {

    private static final Logger log = LoggerFactory.getLogger("io.waypost.mailet");

    private final MailetSettings settings;
    private final MailAddress postmaster;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    ServerContext(MailetSettings settings) {
        this.settings = settings;
        try {
            this.postmaster = new MailAddress("postmaster@" + settings.hostname());
        } catch (AddressException e) {
            throw new IllegalArgumentException("'" + settings.hostname() + "' is no host name", e);
        }
    }

    @Override
    public int getMajorVersion() {
        return 3;
    }

    @Override
    public int getMinorVersion() {
        return 8;
    }

    @Override
    public String getServerInfo() {
        return "Waypost";
    }

    @Override
    public Iterator<String> getAttributeNames() {
        return List.copyOf(attributes.keySet()).iterator();
    }

    @Override
    public @Nullable Object getAttribute(String key) {
        return attributes.get(key);
    }

    @Override
    public void setAttribute(String key, Object value) {
        attributes.put(key, value);
    }

    @Override
    public void removeAttribute(String key) {
        attributes.remove(key);
    }

    @Override
    @Deprecated
    public void log(String message) {
        log.info(message);
    }

    @Override
    @Deprecated
    public void log(String message, Throwable fault) {
        log.info(message, fault);
    }

    @Override
    @Deprecated
    public void log(LogLevel level, String message) {
        log.atLevel(level(level)).log(message);
    }

    @Override
    @Deprecated
    public void log(LogLevel level, String message, Throwable fault) {
        log.atLevel(level(level)).setCause(fault).log(message);
    }

    private static org.slf4j.event.Level level(LogLevel level) {
        return org.slf4j.event.Level.valueOf(level.name());
    }

    @Override
    public Logger getLogger() {
        return log;
    }

    @Override
    public MailAddress getPostmaster() {
        return postmaster;
    }

    @Override
    public boolean isLocalServer(org.apache.james.core.Domain domain) {
        return settings.domains().contains(new Domain(domain.asString()));
    }

    /** Recipients are decided by rules; there are no users. */
    @Override
    @Deprecated
    public boolean isLocalUser(String name) {
        return false;
    }

    @Override
    public boolean isLocalEmail(MailAddress address) {
        return isLocalServer(address.getDomain());
    }

    @Override
    @Deprecated
    public Collection<String> getMailServers(org.apache.james.core.Domain domain) {
        throw noLookups();
    }

    @Override
    @Deprecated
    public Iterator<HostAddress> getSMTPHostAddresses(org.apache.james.core.Domain domain) {
        throw noLookups();
    }

    @Override
    public List<String> dnsLookup(String name, RecordType type) {
        throw noLookups();
    }

    private static UnsupportedOperationException noLookups() {
        return new UnsupportedOperationException("mailets make no DNS lookups in Waypost");
    }

    @Override
    public void sendMail(MimeMessage message) throws MessagingException {
        Address[] from = message.getFrom();
        Address[] to = message.getAllRecipients();
        if (from == null || from.length == 0 || to == null) {
            throw new MessagingException("a message needs From and To to be sent without an envelope");
        }
        List<MailAddress> recipients = new ArrayList<>();
        for (Address address : Arrays.asList(to)) {
            recipients.add(new MailAddress(address.toString()));
        }
        sendMail(new MailAddress(from[0].toString()), recipients, message);
    }

    @Override
    public void sendMail(@Nullable MailAddress sender, Collection<MailAddress> recipients, MimeMessage message)
            throws MessagingException {
        if (!Serving.CURRENT.isBound()) {
            throw new MessagingException("a mailet can send only while it is at work for a mail");
        }
        Serving.CURRENT.get().send(sender, recipients, message);
    }

    @Override
    public void sendMail(MailAddress sender, Collection<MailAddress> recipients, MimeMessage message, String state)
            throws MessagingException {
        throw noProcessors(state);
    }

    @Override
    public void sendMail(Mail mail) throws MessagingException {
        sendMail(mail.getMaybeSender().asOptional().orElse(null), mail.getRecipients(), mail.getMessage());
    }

    @Override
    public void sendMail(Mail mail, long delay, TimeUnit unit) throws MessagingException {
        throw new MessagingException("mailets cannot delay what they send in Waypost");
    }

    @Override
    public void sendMail(Mail mail, String state) throws MessagingException {
        throw noProcessors(state);
    }

    @Override
    public void sendMail(Mail mail, String state, long delay, TimeUnit unit) throws MessagingException {
        throw noProcessors(state);
    }

    private static MessagingException noProcessors(String state) {
        return new MessagingException("there is no processor '" + state + "' in Waypost; rules decide what follows");
    }

    @Override
    public void bounce(Mail mail, String message) throws MessagingException {
        throw new MessagingException("mailets do not bounce in Waypost; use the rule's bounce or reject action");
    }

    @Override
    public void bounce(Mail mail, String message, MailAddress bouncer) throws MessagingException {
        bounce(mail, message);
    }
}
