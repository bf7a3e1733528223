package io.waypost.config;

import io.waypost.config.text.DataSize;
import java.util.List;

/**
 * Where applications hand in mail by SMTP (RFC 6409).
 *
 * @param listeners all with TLS; empty: nothing is taken
 * @param messageSize largest message
 * @param recipients of one message
 */
public record SubmissionSettings(List<SmtpSettings.Listener> listeners, DataSize messageSize, int recipients) {
    public SubmissionSettings {
        listeners = List.copyOf(listeners);
    }
}
