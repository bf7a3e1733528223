package io.waypost.smtp.checks;

import io.waypost.message.Envelope;
import io.waypost.message.port.Dns;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.checks.arc.ArcValidator;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.checks.dkim.DkimVerifier;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.spf.SpfCheck;
import java.time.Clock;
import java.util.Optional;

/** The checks of a server, and what they need. */
public final class MailExaminer implements Examiner {

    final CheckSettings settings;
    final Dns dns;
    final Optional<SpamScanner> spam;
    final Optional<VirusScanner> virus;
    final ReceiptFields receipts;
    final SessionObserver observer;
    final SpfCheck spf;
    final DkimVerifier dkim;
    final ArcValidator arc;

    /**
     * @param receipts written on top of each mail
     * @param observer counts verdicts
     * @param clock judges the dates in signatures
     */
    public MailExaminer(
            CheckSettings settings,
            Dns dns,
            Optional<SpamScanner> spam,
            Optional<VirusScanner> virus,
            ReceiptFields receipts,
            SessionObserver observer,
            Clock clock) {
        this.settings = settings;
        this.dns = dns;
        this.spam = spam;
        this.virus = virus;
        this.receipts = receipts;
        this.observer = observer;
        this.spf = new SpfCheck(settings.hostname(), clock);
        this.dkim = new DkimVerifier(clock);
        this.arc = new ArcValidator(clock);
    }

    @Override
    public Examination begin(Envelope envelope, ClientCheck client) {
        return new MailExamination(this, envelope, client);
    }
}
