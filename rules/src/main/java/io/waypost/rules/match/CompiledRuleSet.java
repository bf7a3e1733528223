package io.waypost.rules.match;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TlsPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A rule set made ready to match. Immutable and shared by all threads: whoever holds one sees one version from the first rule to the
 * last. The meaning of every case stands in docs/rules.md.
 */
public final class CompiledRuleSet {

    private final RuleSet ruleSet;
    private final OwnDomains own;
    private final RecipientIndex index;
    private final List<Shape> shapes;
    private final boolean record;
    private final Scanning scanning;

    /** Which of the enabled rules want a scan; mostly the answer is the same for all. */
    private enum Scanning {
        ALL,
        SOME,
        NONE
    }

    private CompiledRuleSet(RuleSet ruleSet, OwnDomains own, boolean record) {
        this.ruleSet = ruleSet;
        this.own = own;
        this.record = record;
        this.scanning = scanning(ruleSet);
        this.index = new RecipientIndex(ruleSet.rules(), own);
        this.shapes =
                ruleSet.rules().stream().map(rule -> Shape.of(rule.actions())).toList();
    }

    public static CompiledRuleSet of(RuleSet ruleSet, OwnDomains own) {
        return new CompiledRuleSet(ruleSet, own, false);
    }

    /** The same in record mode: a rule that would refuse for what the checks found is passed over. */
    public CompiledRuleSet recording() {
        return new CompiledRuleSet(ruleSet, own, true);
    }

    private static Scanning scanning(RuleSet ruleSet) {
        List<Boolean> wants = ruleSet.rules().stream()
                .filter(Rule::enabled)
                .map(Rule::scan)
                .distinct()
                .toList();
        return wants.size() == 2 ? Scanning.SOME : wants.contains(false) ? Scanning.NONE : Scanning.ALL;
    }

    public RuleSet ruleSet() {
        return ruleSet;
    }

    public RuleSetVersion version() {
        return ruleSet.version();
    }

    /**
     * Answers RCPT: empty when some rule takes the recipient, or may take it once the message is known. Reads nothing but its
     * arguments.
     */
    public Optional<Reply> refusal(ReversePath from, EmailAddress recipient, Client client) {
        if (!own.cover(recipient.domain())) {
            return Optional.of(Refusals.RELAYING_DENIED);
        }
        try {
            return refusal(Evaluation.atRcpt(from, client), recipient);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read at RCPT", e);
        }
    }

    private Optional<Reply> refusal(Evaluation evaluation, EmailAddress recipient) throws IOException {
        Candidates candidates = index.candidates(List.of(recipient));
        Untaken untaken = new Untaken();
        Optional<Reply> refused = Optional.empty();
        boolean taken = false;
        while (candidates.next()) {
            Rule rule = rule(candidates.ordinal());
            Shape shape = shape(candidates.ordinal());
            if (shape.onlyAddsFields()) {
                continue;
            }
            if (rule.tls() == TlsPolicy.REQUIRE && !evaluation.encrypted()) {
                untaken.withoutTls();
                continue;
            }
            switch (matches(rule, evaluation, recipient)) {
                case FALSE -> untaken.byCondition();
                case UNKNOWN -> {
                    // It may take the recipient, or stop or refuse before others: the message decides.
                    return Optional.empty();
                }
                case TRUE -> {
                    if (shape.effects()) {
                        return Optional.empty();
                    }
                    taken = true;
                    if (refused.isEmpty()) {
                        refused = shape.refusal();
                    }
                    if (shape.endsForRecipients() || shape.stops()) {
                        return refused;
                    }
                }
            }
        }
        return taken ? refused : Optional.of(untaken.reply());
    }

    /**
     * Answers the end of data.
     *
     * @throws IOException when the message's header cannot be read back; the peer hears a transient reply
     */
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
        return planning(envelope, verdicts, content).decide();
    }

    /** The walk of a mail, for those who need more of it than the decision. */
    Planning planning(Envelope envelope, Verdicts verdicts, MessageContent content) {
        return new Planning(this, envelope, verdicts, content, Planning.MISSES_KEPT);
    }

    /** The domains that its rules receive for. */
    public OwnDomains ownDomains() {
        return own;
    }

    /** Whether it receives for one of the recipients. */
    boolean covers(Envelope envelope) {
        return envelope.addresses().stream().anyMatch(recipient -> own.cover(recipient.domain()));
    }

    /** Whether a rule that names one of the recipients wants the mail scanned. */
    public boolean wantsScan(Envelope envelope) {
        return switch (scanning) {
            case ALL -> true;
            case NONE -> false;
            case SOME -> {
                Candidates candidates = index.candidates(envelope.addresses());
                while (candidates.next()) {
                    if (rule(candidates.ordinal()).scan()) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    /** Whether a rule that matched is passed over, because nothing is refused for what checks found. */
    boolean onlyRecords(int ordinal) {
        Rule rule = rule(ordinal);
        return record
                && shape(ordinal).refusal().isPresent()
                && (rule.when().asksChecks() || rule.unless().asksChecks());
    }

    Candidates candidates(List<EmailAddress> recipients) {
        return index.candidates(recipients);
    }

    Rule rule(int ordinal) {
        return ruleSet.rules().get(ordinal);
    }

    Shape shape(int ordinal) {
        return shapes.get(ordinal);
    }

    static Truth matches(Rule rule, Evaluation evaluation, EmailAddress recipient) throws IOException {
        Truth when = evaluation.test(rule.when(), recipient);
        if (when == Truth.FALSE) {
            return Truth.FALSE;
        }
        Truth unless = evaluation.test(rule.unless(), recipient);
        if (unless == Truth.TRUE) {
            return Truth.FALSE;
        }
        return when == Truth.TRUE && unless == Truth.FALSE ? Truth.TRUE : Truth.UNKNOWN;
    }
}
