package io.waypost.config;

import io.waypost.config.text.DataSize;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is found out about a mail and its client before the mail is accepted.
 *
 * @param mode whether anything is refused
 * @param timeout for all checks of one mail together, from the end of its data
 * @param spf whether SPF is checked (RFC 7208)
 * @param dkim whether signatures are verified (RFC 6376)
 * @param dmarc whether the author's domain is checked (RFC 9989); never without {@code spf} or {@code dkim}
 * @param arc the chain of servers before (RFC 8617)
 * @param spam the spam scanner; empty: none is asked
 * @param virus the virus scanner; empty: none is asked
 * @param reverseName whether the client's name is looked up and confirmed (RFC 8601 2.7.3)
 * @param dnsbl block lists the client's address is looked for in (RFC 5782), each once
 */
public record ChecksSettings(
        Mode mode,
        Duration timeout,
        boolean spf,
        boolean dkim,
        boolean dmarc,
        Arc arc,
        Optional<Spam> spam,
        Optional<Virus> virus,
        boolean reverseName,
        List<DnsblSettings> dnsbl) {

    public ChecksSettings {
        dnsbl = List.copyOf(dnsbl);
    }

    /** What follows from what checks find. */
    public enum Mode {
        /** Mail is refused where a check's setting says so. */
        ENFORCE,
        /** Everything is checked and noted, nothing refused. */
        RECORD
    }

    /** What becomes of a mail that a scanner could not look at. */
    public enum OnFailure {
        /** It is answered 4xx: the sender tries again. */
        DEFER,
        /** It is accepted with the verdict PROCESSING_FAILED. */
        MARK,
        /** It is answered 5xx. */
        REFUSE
    }

    /**
     * ARC.
     *
     * @param enabled whether chains are verified
     * @param trustedSealers domains, lower case, whose seals may mend what forwarding broke
     */
    public record Arc(boolean enabled, List<String> trustedSealers) {
        public Arc {
            trustedSealers = List.copyOf(trustedSealers);
        }
    }

    /**
     * Rspamd.
     *
     * @param rspamd its HTTP address, without a path
     * @param password sent with each question where present
     * @param onFailure when it does not answer
     * @param timeout for one mail; not longer than that of all checks
     * @param concurrency mails it is given at one time
     * @param largest mails above it are not scanned
     */
    public record Spam(
            URI rspamd,
            Optional<Secret> password,
            OnFailure onFailure,
            Duration timeout,
            int concurrency,
            DataSize largest) {}

    /**
     * ClamAV.
     *
     * @param clamd an unresolved {@link java.net.InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}
     * @param onFailure when it does not answer
     * @param timeout for one mail; not longer than that of all checks
     * @param concurrency mails it is given at one time
     * @param largest mails above it are not scanned
     * @param sentMail whether mail that applications send is scanned, too
     */
    public record Virus(
            SocketAddress clamd,
            OnFailure onFailure,
            Duration timeout,
            int concurrency,
            DataSize largest,
            boolean sentMail) {}
}
