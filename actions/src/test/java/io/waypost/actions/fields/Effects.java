package io.waypost.actions.fields;

import io.waypost.message.Client;
import io.waypost.message.EffectKey;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.port.Draft;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Effects as the router hands them to actions that submit mail. */
public final class Effects {

    public static final Instant NOW = Instant.parse("2026-11-23T09:30:05Z");
    public static final MessageId ID = new MessageId("a".repeat(MessageId.LENGTH));

    private Effects() {}

    /** The first action of the rule "tickets" in version 3 of "production", for the first recipients of a mail. */
    public static Effect of(Action action, String from, String content, int matched, String... to) {
        return of(action, from, content, matched, new RuleSetVersion("production", 3), to);
    }

    public static Effect of(
            Action action, String from, String content, int matched, RuleSetVersion version, String... to) {
        List<EmailAddress> recipients =
                List.of(to).stream().map(EmailAddress::of).toList();
        Plan.PlannedRun run = new Plan.PlannedRun("tickets", recipients.subList(0, matched), OptionalInt.empty(), "");
        Mail mail = new Mail(
                ID,
                Line.INBOUND,
                NOW.minusSeconds(60),
                Envelope.of(ReversePath.parse(from), recipients, Client.local("sender.example")),
                content.length(),
                new Plan(version, List.of(run), Map.of()));
        Rule rule = new Rule(
                "tickets", true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.ALWAYS, List.of(action));
        return new Effect(
                new EffectKey(ID, version, "tickets", 0),
                1,
                NOW,
                mail,
                run,
                rule,
                MessageContent.of(content.getBytes(StandardCharsets.UTF_8)),
                new NoRevisions());
    }

    private static final class NoRevisions implements Effect.Revisions {
        @Override
        public Draft draft() {
            throw new UnsupportedOperationException("this action changes no mail");
        }

        @Override
        public void replaceWith(Draft draft) {
            throw new UnsupportedOperationException("this action changes no mail");
        }
    }
}
