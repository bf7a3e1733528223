package io.waypost.server;

import io.waypost.api.metrics.Meters;
import io.waypost.config.ChecksSettings;
import io.waypost.config.Secret;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.outbound.port.ContentScanner;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.checks.CheckSettings;
import io.waypost.smtp.checks.CheckSettings.OnFailure;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.MailExaminer;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.spam.Rspamd;
import io.waypost.smtp.checks.spam.RspamdSettings;
import io.waypost.smtp.checks.virus.Clamd;
import io.waypost.smtp.checks.virus.ClamdSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The checks of mails, as configuration wants them. */
final class CheckWiring {

    private CheckWiring() {}

    /** What the listener is handed, and what must be closed behind it. */
    record Checks(Examiner examiner, SessionObserver observer, Optional<Rspamd> spam, Optional<Clamd> virus) {
        /** What scans mail that applications send: the virus scanner, where the operator wants it. */
        ContentScanner ofSentMail(WaypostConfig config) {
            if (!config.checks().virus().map(ChecksSettings.Virus::sentMail).orElse(false)) {
                return ContentScanner.NONE;
            }
            Clamd clamd = virus.orElseThrow();
            return content -> {
                Verdict verdict =
                        clamd.scan(content, Deadline.in(config.checks().timeout()));
                if (verdict.status() == Verdict.Status.PROCESSING_FAILED) {
                    throw new IOException(verdict.reason());
                }
                return verdict.status() == Verdict.Status.FAIL ? Optional.of(verdict.result()) : Optional.empty();
            };
        }

        void close() {
            spam.ifPresent(Rspamd::close);
            virus.ifPresent(Clamd::close);
        }
    }

    static Checks of(
            WaypostConfig config, Dns dns, HostAddresses hosts, ReceiptFields receipts, Meters meters, Clock clock) {
        ChecksSettings checks = config.checks();
        Optional<Rspamd> spam = checks.spam().map(settings -> spam(settings, hosts));
        Optional<Clamd> virus = checks.virus().map(settings -> virus(settings, hosts));
        SessionObserver observer = observer(meters);
        MailExaminer examiner = new MailExaminer(
                settings(config),
                dns,
                spam.map(scanner -> scanner),
                virus.map(scanner -> scanner),
                receipts,
                observer,
                clock);
        return new Checks(examiner, observer, spam, virus);
    }

    private static CheckSettings settings(WaypostConfig config) {
        ChecksSettings checks = config.checks();
        return new CheckSettings(
                config.hostname(),
                checks.mode() == ChecksSettings.Mode.ENFORCE,
                checks.timeout(),
                checks.spf(),
                checks.dkim(),
                checks.dmarc(),
                checks.arc().enabled(),
                Set.copyOf(checks.arc().trustedSealers()),
                checks.spam().map(spam -> onFailure(spam.onFailure())).orElse(OnFailure.MARK),
                checks.virus().map(virus -> onFailure(virus.onFailure())).orElse(OnFailure.MARK));
    }

    private static OnFailure onFailure(ChecksSettings.OnFailure configured) {
        return OnFailure.valueOf(configured.name());
    }

    private static Rspamd spam(ChecksSettings.Spam spam, HostAddresses hosts) {
        return new Rspamd(
                new RspamdSettings(
                        spam.rspamd(),
                        spam.password().map(Secret::reveal),
                        spam.timeout(),
                        spam.concurrency(),
                        spam.largest().bytes()),
                hosts);
    }

    private static Clamd virus(ChecksSettings.Virus virus, HostAddresses hosts) {
        return new Clamd(
                new ClamdSettings(
                        virus.clamd(),
                        virus.timeout(),
                        virus.concurrency(),
                        virus.largest().bytes()),
                hosts);
    }

    private static SessionObserver observer(Meters meters) {
        return new SessionObserver() {
            @Override
            public void clientBlocked(String rule) {
                meters.clientBlocked(rule);
            }

            @Override
            public void loginEnded(LoginResult result) {
                meters.loginEnded(result.name().toLowerCase(Locale.ROOT));
            }

            @Override
            public void checked(Verdicts.Check check, Verdict verdict) {
                meters.checked(check, verdict);
            }
        };
    }
}
