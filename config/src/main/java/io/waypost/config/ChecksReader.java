package io.waypost.config;

import io.waypost.config.ChecksSettings.Arc;
import io.waypost.config.ChecksSettings.Mode;
import io.waypost.config.ChecksSettings.OnFailure;
import io.waypost.config.ChecksSettings.Spam;
import io.waypost.config.ChecksSettings.Virus;
import io.waypost.config.text.DataSize;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the {@code checks} part of the server's file. */
final class ChecksReader {

    /** What the address of a Unix socket has room for (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private final Section checks;
    private final Duration timeout;

    private ChecksReader(Section checks, Duration timeout) {
        this.checks = checks;
        this.timeout = timeout;
    }

    static ChecksSettings read(Section checks) {
        Mode mode = checks.choice("mode", Mode.class, Mode.ENFORCE);
        // RFC 5321 4.5.3.2.6: a client waits ten minutes for the answer to its data.
        Duration timeout =
                checks.duration("timeout", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(5));
        return new ChecksReader(checks, timeout).read(mode);
    }

    private ChecksSettings read(Mode mode) {
        boolean spf = checks.isOn("spf", true);
        boolean dkim = checks.isOn("dkim", true);
        boolean dmarc = checks.isOn("dmarc", true);
        if (dmarc && !spf && !dkim) {
            checks.fault(
                    "dmarc", "needs 'spf' or 'dkim', and both are off; switch one of them on, or write dmarc: off");
        }
        Arc arc = arc(checks.section("arc", "enabled"));
        Optional<Spam> spam = checks.has("spam") ? spam(checks.section("spam")) : checks.none("spam");
        Optional<Virus> virus = checks.has("virus") ? virus(checks.section("virus")) : checks.none("virus");
        boolean reverseName = checks.isOn("reverseName", true);
        List<DnsblSettings> dnsbl = DnsblReader.read(checks);
        checks.finish();
        return new ChecksSettings(mode, timeout, spf, dkim, dmarc, arc, spam, virus, reverseName, dnsbl);
    }

    private static Arc arc(Section section) {
        boolean enabled = section.isOn("enabled", true);
        List<String> sealers = section.list("trustedSealers", List.of(), HostPort::domain, name -> name);
        if (!enabled && !sealers.isEmpty()) {
            section.fault("trustedSealers", "there is nothing to trust while 'enabled' is off; switch it on");
        }
        section.finish();
        return new Arc(enabled, sealers);
    }

    private Optional<Spam> spam(Section section) {
        Optional<URI> rspamd = section.required("rspamd", TargetReader::endpoint, Words::of);
        Optional<Secret> password = section.optional("password", TargetReader::secret, Secret::toString);
        OnFailure onFailure = section.choice("onFailure", OnFailure.class, OnFailure.DEFER);
        Duration patience = timeout(section, Duration.ofSeconds(10));
        int concurrency = section.number("concurrency", 16, 1, 10_000);
        DataSize largest = largest(section, DataSize.ofMegabytes(20));
        section.finish();
        return rspamd.map(at -> new Spam(at, password, onFailure, patience, concurrency, largest));
    }

    private Optional<Virus> virus(Section section) {
        Optional<SocketAddress> clamd = section.required("clamd", ChecksReader::clamd, ChecksReader::format);
        OnFailure onFailure = section.choice("onFailure", OnFailure.class, OnFailure.DEFER);
        Duration patience = timeout(section, Duration.ofSeconds(20));
        int concurrency = section.number("concurrency", 8, 1, 10_000);
        DataSize largest = largest(section, DataSize.ofMegabytes(25));
        boolean sentMail = section.isOn("sentMail", false);
        section.finish();
        return clamd.map(at -> new Virus(at, onFailure, patience, concurrency, largest, sentMail));
    }

    private Duration timeout(Section section, Duration absent) {
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofMinutes(5);
        Duration own = section.duration("timeout", absent.compareTo(timeout) < 0 ? absent : timeout, least, most);
        if (own.compareTo(timeout) > 0) {
            section.fault(
                    "timeout",
                    "'" + Words.of(own) + "' is longer than all checks have, '" + Words.of(timeout)
                            + "'; raise 'checks.timeout' or lower this one");
        }
        return own;
    }

    private static DataSize largest(Section section, DataSize absent) {
        return section.size("largest", absent, new DataSize(65_536), DataSize.ofMegabytes(2_000));
    }

    private static SocketAddress clamd(String text) {
        if (text.startsWith("/")) {
            Path path = Paths.of(text);
            if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
                throw new IllegalArgumentException("'" + text + "' is longer than the path of a socket can be, "
                        + LONGEST_SOCKET_PATH + " bytes; link to it from a shorter one");
            }
            return UnixDomainSocketAddress.of(path);
        }
        try {
            return HostPort.toConnectTo(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; the absolute path of clamd's socket is taken, too", e);
        }
    }

    private static String format(SocketAddress clamd) {
        return clamd instanceof InetSocketAddress tcp ? HostPort.format(tcp) : String.valueOf(clamd);
    }
}
