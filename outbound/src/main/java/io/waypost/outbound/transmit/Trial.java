package io.waypost.outbound.transmit;

import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.HostAttempt;
import io.waypost.outbound.tls.Encryption;
import java.time.Duration;

/** One host that was tried. */
public record Trial(Exchange exchange, Encryption encryption, HostAttempt attempt, Duration took) {

    /** What the host said, or what went wrong. */
    public String said() {
        return switch (attempt.result()) {
            case DeliveryResult.Delivered(String reply) -> reply;
            case DeliveryResult.Deferred deferred -> deferred.reason();
            case DeliveryResult.Refused refused -> refused.reply().orElse(refused.reason());
        };
    }

    /** How the connection was protected and how long all took, such as {@code (TLSv1.3 dane, from 192.0.2.1, 34 ms)}. */
    public String manner() {
        StringBuilder text = new StringBuilder("(");
        if (attempt.localAddress().isPresent()) {
            text.append(attempt.tls().orElse("in clear")).append(' ');
        }
        text.append(encryption.word());
        attempt.localAddress().ifPresent(address -> text.append(", from ").append(address));
        if (attempt.reused()) {
            text.append(", kept connection");
        }
        return text.append(", ").append(took.toMillis()).append(" ms)").toString();
    }
}
