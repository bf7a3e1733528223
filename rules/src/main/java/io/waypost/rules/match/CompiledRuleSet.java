package io.waypost.rules.match;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
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

    private CompiledRuleSet(RuleSet ruleSet, OwnDomains own) {
        this.ruleSet = ruleSet;
        this.own = own;
        this.index = new RecipientIndex(ruleSet.rules(), own);
        this.shapes =
                ruleSet.rules().stream().map(rule -> Shape.of(rule.actions())).toList();
    }

    public static CompiledRuleSet of(RuleSet ruleSet, OwnDomains own) {
        return new CompiledRuleSet(ruleSet, own);
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
            return refusal(new Evaluation(from, client, null), recipient);
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
    public Decision decide(Envelope envelope, MessageContent content) throws IOException {
        return new Planning(this, envelope, content, Planning.MISSES_KEPT).decide();
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
