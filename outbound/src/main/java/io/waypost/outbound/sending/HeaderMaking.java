package io.waypost.outbound.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageId;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.SesMessageId;
import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.outbound.port.ConfigurationSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The header fields that are made here, whatever the application wrote (contract 4.4). */
final class HeaderMaking {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private HeaderMaking() {}

    /** Complete lines: Message-ID, Date and Feedback-ID, and MIME-Version where a body needs it and the application forgot. */
    static String fields(
            SendRequest request, Permit permit, MessageHeader header, MessageId id, Instant now, String hostname) {
        String sesId = SesMessageId.of(id, request.scope().region());
        StringBuilder made = new StringBuilder(320)
                .append("Message-ID: <")
                .append(sesId)
                .append('@')
                .append(hostname)
                .append(">\r\nDate: ")
                .append(DATE.format(now))
                .append("\r\nFeedback-ID: ")
                .append(permit.set().map(ConfigurationSet::name).orElse(""))
                .append(':')
                .append(permit.source().domain().name())
                .append(':')
                .append(request.scope().region())
                .append(":waypost\r\n");
        if (!header.has("MIME-Version") && header.has("Content-Type")) {
            made.append("MIME-Version: 1.0\r\n");
        }
        return made.toString();
    }

    /**
     * The ways by which a recipient ends his subscription.
     *
     * @param page a link
     * @param address mail to it ends it, too
     */
    record Ways(String page, EmailAddress address) {}

    static Ways ways(
            SendRequest.ListManagement list,
            SendRequest request,
            Permit permit,
            MessageId id,
            SendingServices.Unsubscribe unsubscribe) {
        String token = unsubscribe
                .links()
                .token(new UnsubscribeLinks.Subscription(
                        request.scope(),
                        list.contactList(),
                        list.topic(),
                        permit.recipients().getFirst(),
                        id));
        return new Ways(
                unsubscribe.page() + "?t=" + token, unsubscribe.addresses().ofUnsubscribing(id, permit.mailFrom()));
    }

    /**
     * The fields that say so (RFC 2369 3.2, RFC 8058 3); they replace the application's. The link stands first, since programs take
     * the first way that they know (RFC 2369 2).
     */
    static String unsubscribe(Ways ways) {
        return "List-Unsubscribe:\r\n <" + ways.page() + ">,\r\n <mailto:" + ways.address()
                + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    }

    /** The trace of acceptance (RFC 5321 4.4). */
    static String received(String hostname, MessageId id, Instant now) {
        return "Received: by " + hostname + " id " + id + ";\r\n\t" + DATE.format(now) + "\r\n";
    }
}
