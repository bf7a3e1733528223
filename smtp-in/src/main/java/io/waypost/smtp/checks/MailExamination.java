package io.waypost.smtp.checks;

import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.checks.CheckSettings.OnFailure;
import io.waypost.smtp.checks.arc.ArcResult;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.checks.client.ReverseName;
import io.waypost.smtp.checks.dkim.DkimResult;
import io.waypost.smtp.checks.dmarc.DmarcCheck;
import io.waypost.smtp.checks.dmarc.DmarcResult;
import io.waypost.smtp.checks.dns.MailQuestions;
import io.waypost.smtp.checks.dns.MailQuestions.Share;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.receipt.ReceivedSignature;
import io.waypost.smtp.checks.results.ForgedResults;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.spf.SpfResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All checks of one mail, each on a virtual thread of its own, with one deadline: the slowest decides how long it takes, not the sum.
 * The methods themselves are called by the session's thread.
 */
final class MailExamination implements Examiner.Examination {

    private static final String LATE = "not done in time";

    private final MailExaminer examiner;
    private final CheckSettings settings;
    private final Envelope envelope;
    private final ClientCheck client;
    private final MailQuestions questions;
    private final List<Question<?>> begun = new ArrayList<>();
    private final Optional<Question<Timed<SpfResult>>> spf;
    private HeaderBlock header = HeaderBlock.of(new byte[0]);
    private byte[] stored = {};
    private @Nullable BodyHashes bodies;
    private volatile @Nullable Timed<List<DkimResult>> verified;

    MailExamination(MailExaminer examiner, Envelope envelope, ClientCheck client) {
        this.examiner = examiner;
        this.settings = examiner.settings;
        this.envelope = envelope;
        this.client = client;
        this.questions = new MailQuestions(examiner.dns);
        // All that SPF asks for is known before the content comes.
        this.spf = begin(
                settings.spf(),
                true,
                () -> examiner.spf.check(
                        envelope.client().address(),
                        envelope.client().helo(),
                        envelope.from(),
                        questions.of(Share.SPF)));
    }

    /** @param waits whether it may have to wait for somebody */
    private <T> Optional<Question<Timed<T>>> begin(boolean wanted, boolean waits, Callable<T> check) {
        if (!wanted) {
            return Optional.empty();
        }
        Callable<Timed<T>> timed = () -> Timed.of(check);
        Question<Timed<T>> question = waits ? Question.ask(timed) : Question.here(timed);
        begun.add(question);
        return Optional.of(question);
    }

    @Override
    public byte[] header(byte[] octets) {
        header = HeaderBlock.of(octets);
        boolean verified = settings.dkim() || settings.arc();
        boolean signed = examiner.receipts.signature().isPresent();
        if (verified || signed) {
            bodies = BodyHashes.wanted(
                    verified ? header : HeaderBlock.of(new byte[0]),
                    signed ? Set.of(ReceivedSignature.BODY) : Set.of());
        }
        List<HeaderBlock.Field> forged = ForgedResults.among(header.fields(), settings.hostname(), ReceiptFields.OURS);
        stored = forged.isEmpty() ? octets : ForgedResults.without(octets, forged);
        return stored;
    }

    @Override
    public void body(byte[] octets, int offset, int length) {
        if (bodies != null && length > 0) {
            bodies.update(octets, offset, length);
        }
    }

    @Override
    public Findings finish(MessageId id, MessageContent content, boolean scan) {
        Deadline deadline = Deadline.in(settings.timeout());
        BodyHashes hashes = bodies == null ? BodyHashes.wanted(header) : bodies;
        hashes.finish();
        boolean waits = settings.spf() || settings.dkim() || settings.dmarc();
        Question<Sender> sender =
                waits ? Question.ask(() -> sender(hashes, deadline)) : Question.here(() -> sender(hashes, deadline));
        begun.add(sender);
        // A mail without a chain needs no thread to find that out.
        var arc = begin(
                settings.arc(),
                header.fields().stream().anyMatch(field -> field.name().regionMatches(true, 0, "ARC-", 0, 4)),
                () -> examiner.arc.validate(header, hashes, questions.of(Share.ARC)));
        var virus = begin(scan && examiner.virus.isPresent(), true, () -> examiner.virus
                .orElseThrow()
                .scan(content, deadline));
        var spam = begin(scan && examiner.spam.isPresent(), true, () -> examiner.spam
                .orElseThrow()
                .scan(content, envelope, id, client.reverseName().flatMap(ReverseName::name), deadline));

        Sender judged = sender.answer(deadline, this::unfinished);
        Authentication authentication = new Authentication(
                judged.spf(),
                judged.dkim(),
                judged.dmarc(),
                await(
                        arc,
                        deadline,
                        reason -> new ArcResult(ArcResult.Status.UNKNOWN, reason, List.of(), OptionalInt.empty())));
        Verdicts verdicts = new Verdicts(
                authentication.spfVerdict(),
                authentication.dkimVerdict(),
                authentication.dmarcVerdict(settings.trustedSealers()),
                authentication.arcVerdict(),
                await(spam, deadline, MailExamination::unscanned)
                        .map(Timed::found)
                        .orElse(Verdicts.NONE.spam()),
                await(virus, deadline, MailExamination::late).map(Timed::found).orElseGet(Verdict::disabled),
                client.facts());
        count(verdicts);
        String fields = new ResultFields(settings, envelope, client).of(authentication, verdicts);
        Optional<Refusal> refusal = refusal(verdicts);
        String receipt = refusal.isPresent() ? "" : examiner.receipts.of(id, header, stored, hashes);
        return new Findings(verdicts, fields + receipt, refusal);
    }

    /** What hangs together: DMARC needs the other two. */
    private record Sender(
            Optional<Timed<SpfResult>> spf,
            Optional<Timed<List<DkimResult>>> dkim,
            Optional<Timed<DmarcResult>> dmarc) {}

    // On a thread of its own; one for all of it, since each hand-over costs more than most of these checks.
    private Sender sender(BodyHashes hashes, Deadline deadline) throws Exception {
        if (settings.dkim()) {
            verified = Timed.of(() -> examiner.dkim.verify(header, hashes, questions.of(Share.DKIM)));
        }
        var dkimFound = Optional.ofNullable(verified);
        var spfFound = await(spf, deadline, this::unevaluated);
        Optional<Timed<DmarcResult>> dmarcFound = settings.dmarc()
                ? Optional.of(Timed.of(() -> DmarcCheck.check(
                        header.fields(),
                        Authentication.passedBySpf(spfFound),
                        Authentication.passedByDkim(dkimFound),
                        Authentication.isSomeUnknown(spfFound, dkimFound),
                        questions.of(Share.DMARC))))
                : Optional.empty();
        return new Sender(spfFound, dkimFound, dmarcFound);
    }

    /** At the deadline: what is known by then counts. */
    private Sender unfinished(String reason) {
        Timed<List<DkimResult>> done = verified;
        return new Sender(
                await(spf, Deadline.in(Duration.ZERO), this::unevaluated),
                settings.dkim()
                        ? Optional.of(
                                done == null
                                        ? new Timed<>(List.of(Authentication.unfinished(reason)), Duration.ZERO)
                                        : done)
                        : Optional.empty(),
                settings.dmarc() ? Optional.of(new Timed<>(unjudged(reason), Duration.ZERO)) : Optional.empty());
    }

    private static <T> Optional<Timed<T>> await(
            Optional<Question<Timed<T>>> asked, Deadline deadline, Function<String, T> otherwise) {
        return asked.map(
                question -> question.answer(deadline, reason -> new Timed<>(otherwise.apply(reason), Duration.ZERO)));
    }

    private SpfResult unevaluated(String reason) {
        String domain = envelope.from() instanceof ReversePath.Of path
                ? path.address().domain().name()
                : envelope.client().helo();
        return new SpfResult(
                SpfResult.Result.TEMPERROR,
                envelope.from() instanceof ReversePath.Of ? SpfResult.Identity.MAIL_FROM : SpfResult.Identity.HELO,
                domain,
                envelope.from().toString(),
                Optional.empty(),
                reason,
                Optional.empty());
    }

    private static DmarcResult unjudged(String reason) {
        return new DmarcResult(
                DmarcResult.Result.TEMPERROR,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    private static Verdicts.Spam unscanned(String reason) {
        return new Verdicts.Spam(late(reason), OptionalDouble.empty(), List.of());
    }

    private static Verdict late(String reason) {
        return new Verdict(Status.PROCESSING_FAILED, "error", LATE + ": " + reason, Duration.ZERO);
    }

    private void count(Verdicts verdicts) {
        for (Verdicts.Check check : Verdicts.Check.values()) {
            Verdict verdict = verdicts.of(check);
            if (verdict.status() != Status.DISABLED) {
                examiner.observer.checked(check, verdict);
            }
        }
    }

    /** Only a scan that the operator insists on and that could not be made; what a verdict says is the rules' business. */
    private Optional<Refusal> refusal(Verdicts verdicts) {
        if (!settings.enforce()) {
            return Optional.empty();
        }
        return unable("virus", verdicts.virus(), settings.virusOnFailure())
                .or(() -> unable("spam", verdicts.spam().verdict(), settings.spamOnFailure()));
    }

    private static Optional<Refusal> unable(String check, Verdict verdict, OnFailure onFailure) {
        if (verdict.status() != Status.PROCESSING_FAILED) {
            return Optional.empty();
        }
        String reason = check + "-scan-failed";
        String text = "Cannot scan for " + (check.equals("spam") ? "spam" : "viruses");
        return switch (onFailure) {
            case DEFER -> Optional.of(Refusal.of(reason, 451, "4.7.1", text + " now, try again later"));
            case REFUSE -> Optional.of(Refusal.of(reason, 550, "5.7.1", text));
            case MARK -> Optional.empty();
        };
    }

    @Override
    public void close() {
        begun.forEach(Question::cancel);
    }
}
