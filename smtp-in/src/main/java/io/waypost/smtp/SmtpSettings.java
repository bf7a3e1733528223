package io.waypost.smtp;

import io.waypost.message.Domain;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that an operator decides about taking mail by SMTP.
 *
 * @param hostname the name in the greeting, EHLO, Received and the self-signed certificate
 * @param postmasterDomain what {@code <postmaster>} without a domain belongs to (RFC 5321 4.5.1): the first domain of ours
 * @param listeners where to listen
 * @param certificate the operator's certificate; without one a self-signed certificate is made
 * @param keys folder for the self-signed certificate
 * @param limits what one client may take
 * @param submissionLimits what one client of a submission listener may take; how many connections there may be stands in
 *     {@code limits}, for all listeners together
 */
public record SmtpSettings(
        String hostname,
        Domain postmasterDomain,
        List<ListenerSettings> listeners,
        Optional<CertificateFiles> certificate,
        Path keys,
        Limits limits,
        Limits submissionLimits) {
    public SmtpSettings {
        listeners = List.copyOf(listeners);
    }

    /** Of a server without submission listeners. */
    public SmtpSettings(
            String hostname,
            Domain postmasterDomain,
            List<ListenerSettings> listeners,
            Optional<CertificateFiles> certificate,
            Path keys,
            Limits limits) {
        this(hostname, postmasterDomain, listeners, certificate, keys, limits, limits);
    }

    /** The limits of a listener's sessions. */
    public Limits limitsOf(ListenerSettings listener) {
        return listener.isSubmission() ? submissionLimits : limits;
    }
}
