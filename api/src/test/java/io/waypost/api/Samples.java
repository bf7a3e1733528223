package io.waypost.api;

import io.waypost.message.Attempt;
import io.waypost.message.Client;
import io.waypost.message.EffectKey;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.RunKey;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.MailLog;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Events as the server makes them. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    public static final MessageId ID = new MessageId("0123456789abcdefghijklmnopqrstuv01234567");
    public static final EffectKey EFFECT = new EffectKey(ID, new RuleSetVersion("production", 3), "tickets", 2);

    private Samples() {}

    public static Client client(String helo) {
        return new Client(
                InetAddress.ofLiteral("192.0.2.25"),
                40_000,
                helo,
                "ESMTPS",
                Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")));
    }

    public static MailLog.Accepted accepted(String from, List<String> to) {
        Envelope envelope = Envelope.of(
                ReversePath.parse(from), to.stream().map(EmailAddress::of).toList(), client("mx.sender.example"));
        Plan plan = new Plan(
                EFFECT.ruleSet(),
                List.of(new Plan.PlannedRun("tickets", envelope.addresses(), OptionalInt.empty(), "s3:mail")),
                Map.of());
        return new MailLog.Accepted(new Mail(ID, Line.INBOUND, NOW, envelope, 10_234, plan, verdicts()), 3);
    }

    /** SPF passed, a scanner gave a score, nothing else was asked. */
    public static Verdicts verdicts() {
        return new Verdicts(
                new Verdict(Verdict.Status.PASS, "pass", "", Duration.ofMillis(2)),
                Verdicts.NONE.dkim(),
                Verdicts.NONE.dmarc(),
                Verdicts.NONE.arc(),
                new Verdicts.Spam(
                        new Verdict(Verdict.Status.GRAY, "greylist", "", Duration.ofMillis(9)),
                        OptionalDouble.of(4.5),
                        List.of()),
                Verdicts.NONE.virus(),
                Verdicts.NONE.client());
    }

    public static MailLog.Refused refused(String stage, int code, String status, String reason, String text) {
        return new MailLog.Refused(
                NOW,
                client("mx.sender.example"),
                stage,
                reason,
                Reply.of(code, status, text),
                Optional.of("alice@sender.example"),
                List.of("nobody@example.com"));
    }

    public static MailLog.Attempted attempted(String destination, Outcome outcome) {
        return new MailLog.Attempted(new Attempt(EFFECT, 1, destination, NOW, Duration.ofMillis(12), outcome));
    }

    public static MailLog.Died died() {
        return new MailLog.Died(EFFECT, new RunKey(ID, 0), NOW, "410 Gone");
    }
}
