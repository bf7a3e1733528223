package io.waypost.message.sending;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of a mail that an application sent: stored with the mail, and told in its events for as long as its history is
 * kept. A notice or a forward of Waypost's own has none.
 *
 * @param scope whose mail it is
 * @param source the sender's address as the application gave it, with its display name
 * @param sourceArn the identity it was sent under, as an ARN
 * @param accessKey the id of the key that signed or logged in; no secret
 * @param sourceIp where the application called from
 * @param operation such as {@code SendEmail}; {@code SendRawEmail} for SMTP
 * @param configurationSet its configuration set
 * @param tags the application's own, in order
 * @param feedbackTo who gets bounces and complaints by mail, where they are forwarded
 * @param mailFrom the domain of its return path, decided at acceptance; the server's own where the identity has none
 * @param conditions what delivery must keep to
 * @param headers the first fields of its header, where events tell them; empty where nobody is to be told
 * @param headersTruncated whether there were more
 * @param list the contact list whose members may unsubscribe
 * @param tracked whether links in it tell of its readers
 */
public record Sending(
        Scope scope,
        String source,
        Optional<String> sourceArn,
        String accessKey,
        Optional<String> sourceIp,
        String operation,
        Optional<String> configurationSet,
        Map<String, String> tags,
        Optional<EmailAddress> feedbackTo,
        Domain mailFrom,
        Conditions conditions,
        List<Field> headers,
        boolean headersTruncated,
        Optional<SendRequest.ListManagement> list,
        boolean tracked) {

    /** How long a mail with links is remembered after it was settled: they are good for 60 days at least (contract 4.10). */
    public static final Duration LINKS_LIVE = Duration.ofDays(61);

    /** Of a mail to nobody's list, without tracked links. */
    public Sending(
            Scope scope,
            String source,
            Optional<String> sourceArn,
            String accessKey,
            Optional<String> sourceIp,
            String operation,
            Optional<String> configurationSet,
            Map<String, String> tags,
            Optional<EmailAddress> feedbackTo,
            Domain mailFrom,
            Conditions conditions,
            List<Field> headers,
            boolean headersTruncated) {
        this(
                scope,
                source,
                sourceArn,
                accessKey,
                sourceIp,
                operation,
                configurationSet,
                tags,
                feedbackTo,
                mailFrom,
                conditions,
                headers,
                headersTruncated,
                Optional.empty(),
                false);
    }

    public Sending {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        headers = List.copyOf(headers);
    }

    /** Whether somebody may follow a link in it long after it was delivered, so that it must not be forgotten before. */
    public boolean hasLinks() {
        return tracked || list.isPresent();
    }

    /** A header field, its value unfolded. */
    public record Field(String name, String value) {}

    /**
     * What delivery must keep to.
     *
     * @param tlsRequired only over TLS, to a host whose certificate stands for it or not, as SES has it (TlsPolicy REQUIRE)
     * @param pool the source address pool; the default one where it is absent
     * @param deliverBefore when it is given up; the configured window where it is absent
     */
    public record Conditions(boolean tlsRequired, Optional<String> pool, Optional<Instant> deliverBefore) {

        public static final Conditions NONE = new Conditions(false, Optional.empty(), Optional.empty());
    }
}
