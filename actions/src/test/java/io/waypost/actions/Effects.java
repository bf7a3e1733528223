package io.waypost.actions;

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
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import io.waypost.rules.Rule;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Effects for tests of actions: a mail from alice@sender.example to help@example.com over TLS, accepted on
 * 2026-11-23T08:00:00Z under version 3 of the rule set "production", with revisions kept in memory.
 */
public final class Effects {

    public static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00Z");
    public static final MessageId ID = MessageId.next(ACCEPTED, new Random(1));
    public static final EmailAddress SENDER = EmailAddress.of("alice@sender.example");
    public static final EmailAddress RECIPIENT = EmailAddress.of("help@example.com");

    private Effects() {}

    /**
     * The effect of {@code action} for {@code message}.
     *
     * @param rules the plan's rules in order; the effect belongs to the first that has the action. Without any, a rule "rest" with just
     *     this action
     */
    public static Effect of(byte[] message, Action action, Rule... rules) {
        return of(ID, MessageContent.of(message), action, rules);
    }

    /** The same for a text, whose line ends must be CRLF already. */
    public static Effect of(String message, Action action, Rule... rules) {
        return of(message.getBytes(StandardCharsets.UTF_8), action, rules);
    }

    /** The same for any content and id. */
    public static Effect of(MessageId id, MessageContent content, Action action, Rule... rules) {
        List<Rule> all = rules.length == 0 ? List.of(rule("rest", action)) : List.of(rules);
        Rule rule = all.stream()
                .filter(one -> one.actions().contains(action))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of the rules has the action"));
        List<Plan.PlannedRun> runs = all.stream()
                .map(one -> new Plan.PlannedRun(
                        one.name(),
                        List.of(RECIPIENT),
                        OptionalInt.empty(),
                        one.actions().getFirst().destination()))
                .toList();
        RuleSetVersion version = new RuleSetVersion("production", 3);
        Mail mail = new Mail(
                id,
                Line.INBOUND,
                ACCEPTED,
                Envelope.of(ReversePath.of(SENDER), List.of(RECIPIENT), client()),
                content.size(),
                new Plan(version, runs, Map.of()));
        return new Effect(
                new EffectKey(id, version, rule.name(), rule.actions().indexOf(action)),
                1,
                ACCEPTED.plusSeconds(1),
                mail,
                runs.get(all.indexOf(rule)),
                rule,
                content,
                new MemoryRevisions());
    }

    /** An enabled rule for every recipient. */
    public static Rule rule(String name, Action... actions) {
        return new Rule(
                name, true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.ALWAYS, List.of(actions));
    }

    public static Client client() {
        return new Client(
                InetAddress.ofLiteral("192.0.2.25"),
                40025,
                "mx.sender.example",
                "ESMTPS",
                Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")));
    }

    /** The effect of a mail of which the checks found this. */
    public static Effect withVerdicts(Effect effect, Verdicts verdicts) {
        Mail mail = effect.mail();
        return new Effect(
                effect.key(),
                effect.attempt(),
                effect.now(),
                new Mail(
                        mail.id(), mail.line(), mail.acceptedAt(), mail.envelope(), mail.size(), mail.plan(), verdicts),
                effect.run(),
                effect.rule(),
                effect.content(),
                effect.revisions());
    }

    /** Of a forged mail that two scanners have seen. */
    public static Verdicts forged() {
        return new Verdicts(
                verdict(Status.FAIL, "fail", "not permitted by sender.example"),
                new Verdicts.Dkim(
                        verdict(Status.FAIL, "fail", "the body was changed"),
                        List.of(new Verdicts.Signature("sender.example", "s1", "fail", "the body was changed"))),
                new Verdicts.Dmarc(
                        verdict(Status.FAIL, "fail", "not aligned"), Optional.of(Verdicts.Dmarc.Policy.REJECT)),
                verdict(Status.GRAY, "none", "no chain"),
                new Verdicts.Spam(
                        verdict(Status.PASS, "no action", "0.4 of 15.0"),
                        OptionalDouble.of(0.4),
                        List.of("R_SPF_FAIL")),
                verdict(Status.PROCESSING_FAILED, "error", "clamd: down"),
                new Verdicts.ClientFacts(Optional.empty(), List.of("bl.example")));
    }

    private static Verdict verdict(Status status, String result, String reason) {
        return new Verdict(status, result, reason, Duration.ofMillis(3));
    }

    /** The effect with another envelope. */
    public static Effect withEnvelope(Effect effect, Envelope envelope) {
        Mail mail = effect.mail();
        return new Effect(
                effect.key(),
                effect.attempt(),
                effect.now(),
                new Mail(mail.id(), mail.line(), mail.acceptedAt(), envelope, mail.size(), mail.plan()),
                effect.run(),
                effect.rule(),
                effect.content(),
                effect.revisions());
    }

    /** The effect as its nth attempt. */
    public static Effect withAttempt(Effect effect, int attempt) {
        return new Effect(
                effect.key(),
                attempt,
                effect.now(),
                effect.mail(),
                effect.run(),
                effect.rule(),
                effect.content(),
                effect.revisions());
    }

    /** What the action left behind, as text; fails when it left nothing. */
    public static String revised(Effect effect) {
        return new String(revisions(effect).last(), StandardCharsets.UTF_8);
    }

    public static MemoryRevisions revisions(Effect effect) {
        return (MemoryRevisions) effect.revisions();
    }

    /** Revisions in memory that count their drafts, so that a test sees one that was left open. */
    public static final class MemoryRevisions implements Effect.Revisions {

        private final List<MemoryDraft> open = new ArrayList<>();
        private final List<byte[]> replacements = new ArrayList<>();

        @Override
        public synchronized Draft draft() {
            MemoryDraft draft = new MemoryDraft();
            open.add(draft);
            return draft;
        }

        @Override
        public synchronized void replaceWith(Draft draft) {
            if (!open.remove(draft)) {
                throw new IllegalStateException("not an open draft of this effect");
            }
            replacements.add(((MemoryDraft) draft).bytes.toByteArray());
        }

        public synchronized boolean replaced() {
            return !replacements.isEmpty();
        }

        public synchronized byte[] last() {
            return replacements.getLast();
        }

        /** Drafts that were neither closed nor handed in. */
        public synchronized int leftOpen() {
            return open.size();
        }

        private final class MemoryDraft implements Draft {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            @Override
            public void write(byte[] more, int offset, int length) {
                bytes.write(more, offset, length);
            }

            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes.toByteArray());
            }

            @Override
            public void close() {
                synchronized (MemoryRevisions.this) {
                    open.remove(this);
                }
            }
        }
    }
}
