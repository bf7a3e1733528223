package io.waypost.smtp.reception;

import io.waypost.message.Client;
import io.waypost.message.Envelope;
import io.waypost.message.MessageId;
import io.waypost.smtp.checks.Findings;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The header fields that an accepted mail gets on top: Return-Path and Received (RFC 5321 4.4), in the look of Amazon SES.
 *
 * <p>All that comes from the peer here (HELO, addresses) has passed the session's grammar, which knows no control characters;
 * {@link #clean} holds that even if a caller forgets.
 */
final class TraceFields {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss '+0000 (UTC)'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TraceFields() {}

    /** Complete lines, each ended by CRLF. */
    static byte[] of(Envelope envelope, Findings findings, String hostname, MessageId id, Instant at) {
        Client client = envelope.client();
        StringBuilder text = new StringBuilder(400);
        text.append("Return-Path: <").append(clean(envelope.from().toString())).append(">\r\n");
        text.append("Received: from ").append(clean(client.helo())).append(" (");
        findings.verdicts().client().reverseName().ifPresent(name -> text.append(clean(name))
                .append(' '));
        text.append(literal(client)).append(")\r\n");
        text.append(" by ").append(hostname).append(" with ").append(client.protocol());
        client.tls().ifPresent(tls -> text.append(" (")
                .append(tls.version())
                .append(' ')
                .append(tls.cipher())
                .append(')'));
        text.append("\r\n id ").append(id);
        // Only a single recipient is named: the others may be blind copies (RFC 5321 7.6).
        if (envelope.to().size() == 1) {
            text.append("\r\n for <")
                    .append(clean(envelope.to().getFirst().address().toString()))
                    .append('>');
        }
        text.append(";\r\n ").append(DATE.format(at)).append("\r\n").append(findings.traceFields());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The address literal of RFC 5321 4.1.3. */
    private static String literal(Client client) {
        String address = client.address().getHostAddress();
        int scope = address.indexOf('%');
        if (scope >= 0) {
            address = address.substring(0, scope);
        }
        return client.address() instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
    }

    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("\\p{Cntrl}|[\\x{80}-\\x{9f}]", "?");
            }
        }
        return text;
    }
}
