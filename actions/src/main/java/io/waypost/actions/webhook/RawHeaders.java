package io.waypost.actions.webhook;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.rules.Effect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What SMTP said, as {@code waypost-*} header fields beside a raw body. Values are printable ASCII: everything else, {@code %} and
 * {@code ,} are percent-encoded UTF-8, so that a list can be split at its commas first and decoded afterwards.
 */
final class RawHeaders {

    private static final String HEX = "0123456789ABCDEF";

    private RawHeaders() {}

    static void put(Effect effect, Map<String, String> headers) {
        Envelope envelope = effect.mail().envelope();
        Client client = envelope.client();
        headers.put("waypost-message-id", effect.mail().id().value());
        headers.put("waypost-received-at", effect.mail().acceptedAt().toString());
        headers.put("waypost-from", encoded(envelope.from().toString()));
        headers.put(
                "waypost-to",
                effect.run().recipients().stream()
                        .map(EmailAddress::toString)
                        .map(RawHeaders::encoded)
                        .collect(Collectors.joining(",")));
        headers.put("waypost-remote-ip", client.address().getHostAddress());
        headers.put("waypost-helo", encoded(client.helo()));
        client.tls().ifPresent(tls -> headers.put("waypost-tls", encoded(tls.version())));
        headers.put("waypost-rule-set", effect.ruleSet().name());
        headers.put(
                "waypost-rule-set-version", Integer.toString(effect.ruleSet().version()));
        headers.put("waypost-rule", encoded(effect.run().ruleName()));
        headers.put("waypost-action", Integer.toString(effect.key().action()));
    }

    static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%' && b != ',') {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }
}
