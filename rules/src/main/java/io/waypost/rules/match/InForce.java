package io.waypost.rules.match;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The active rule sets of all accounts and regions, answering as one. Mostly it is one set. Where several receive for a recipient, the
 * rules of each are walked on their own: a stop, a refusal or an added field of one means nothing to the others (SES contract 2.2).
 * Immutable and shared by all threads.
 *
 * @param receivers an active rule set each
 * @param ours the domains of all accounts, those without an active rule set among them
 */
public record InForce(List<Receiver> receivers, OwnDomains ours) {

    /**
     * One account's receiving in one region.
     *
     * @param rules with the domains that they receive for
     * @param filter whose mail it takes at all
     */
    public record Receiver(CompiledRuleSet rules, ClientFilter filter) {

        private boolean covers(Envelope envelope) {
            return rules.covers(envelope) && !filter.blocks(envelope.client().address());
        }
    }

    public InForce {
        receivers = List.copyOf(receivers);
    }

    /** Answers RCPT: empty when some rule of some account takes the recipient, or may take it. */
    public Optional<Reply> refusal(ReversePath from, EmailAddress recipient, Client client) {
        if (!ours.cover(recipient.domain())) {
            return Optional.of(Refusals.RELAYING_DENIED);
        }
        Optional<Reply> first = Optional.empty();
        for (Receiver receiver : receivers) {
            if (receiver.rules().ownDomains().cover(recipient.domain())) {
                Optional<Reply> refused = receiver.filter().blocks(client.address())
                        ? Optional.of(Refusals.CLIENT_BLOCKED)
                        : receiver.rules().refusal(from, recipient, client);
                if (refused.isEmpty()) {
                    return refused;
                }
                first = first.or(() -> refused);
            }
        }
        return first.or(() -> Optional.of(Refusals.RECEIVING_OFF));
    }

    /** Whether a rule that names one of the recipients wants the mail scanned. */
    public boolean wantsScan(Envelope envelope) {
        return receivers.stream()
                .anyMatch(receiver ->
                        receiver.covers(envelope) && receiver.rules().wantsScan(envelope));
    }

    /**
     * Answers the end of data.
     *
     * @throws IOException when the message's header cannot be read back; the peer hears a transient reply
     */
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
        List<CompiledRuleSet> asked = receivers.stream()
                .filter(receiver -> receiver.covers(envelope))
                .map(Receiver::rules)
                .toList();
        return switch (asked.size()) {
            case 0 -> new Decision.Refuse(Refusals.RECEIVING_OFF, "");
            case 1 -> asked.getFirst().decide(envelope, verdicts, content);
            default -> together(asked, envelope, verdicts, content);
        };
    }

    private static Decision together(
            List<CompiledRuleSet> asked, Envelope envelope, Verdicts verdicts, MessageContent content)
            throws IOException {
        RuleSetVersion named = asked.getFirst().version();
        List<Plan.PlannedRun> runs = new ArrayList<>();
        Map<String, String> misses = new HashMap<>();
        Optional<Decision.Refuse> refused = Optional.empty();
        boolean accepted = false;
        for (CompiledRuleSet set : asked) {
            Planning planning = set.planning(envelope, verdicts, content);
            boolean taken =
                    switch (planning.decide()) {
                        case Decision.Accept accept -> {
                            accepted = true;
                            yield true;
                        }
                        case Decision.Refuse refuse -> {
                            refused = better(refused, refuse);
                            // A rule refuses while others take the mail: its sender is told afterwards.
                            yield !refuse.rule().isEmpty();
                        }
                    };
            boolean other = !set.version().equals(named);
            if (taken) {
                int offset = runs.size();
                planning.runs().forEach(run -> runs.add(moved(run, set.version(), other, offset)));
            }
            planning.misses()
                    .forEach((rule, why) -> misses.put(other ? Plan.qualified(set.version(), rule) : rule, why));
        }
        return accepted ? new Decision.Accept(new Plan(named, runs, misses)) : refused.orElseThrow();
    }

    // What a rule says tells the sender more than that no rule took it.
    private static Optional<Decision.Refuse> better(Optional<Decision.Refuse> known, Decision.Refuse refuse) {
        return known.isEmpty()
                        || (known.get().rule().isEmpty() && !refuse.rule().isEmpty())
                ? Optional.of(refuse)
                : known;
    }

    private static Plan.PlannedRun moved(Plan.PlannedRun run, RuleSetVersion version, boolean other, int offset) {
        return new Plan.PlannedRun(
                other ? Plan.qualified(version, run.rule()) : run.rule(),
                run.recipients(),
                run.waitsFor().isPresent() ? OptionalInt.of(run.waitsFor().getAsInt() + offset) : run.waitsFor(),
                run.destination());
    }
}
