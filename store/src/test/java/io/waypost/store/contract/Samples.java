package io.waypost.store.contract;

import io.waypost.message.Attempt;
import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EffectKey;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Plan.PlannedRun;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.port.Spool.Acceptance;
import io.waypost.message.port.Spool.Committed;
import io.waypost.message.sending.Sending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Mails, plans and bytes to test with. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
    public static final RuleSetVersion RULES = new RuleSetVersion("production", 3);
    public static final byte[] TRACE = "Received: from mx\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Random RANDOM = new Random(4711);

    private Samples() {}

    public static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static MessageId id(Instant at) {
        synchronized (RANDOM) {
            return MessageId.next(at, RANDOM);
        }
    }

    public static Envelope envelope() {
        return Envelope.of(
                ReversePath.of(EmailAddress.of("alice@sender.example")),
                List.of(EmailAddress.of("help@example.com")),
                new Client(InetAddress.ofLiteral("192.0.2.25"), 4711, "mx.sender.example", "ESMTP", Optional.empty()));
    }

    /** One run a destination, independent of each other; rules are named rule0, rule1 ... */
    public static Plan plan(String... destinations) {
        return new Plan(
                RULES,
                IntStream.range(0, destinations.length)
                        .mapToObj(i -> new PlannedRun(
                                "rule" + i,
                                List.of(EmailAddress.of("help@example.com")),
                                OptionalInt.empty(),
                                destinations[i]))
                        .toList(),
                Map.of());
    }

    public static Acceptance acceptance(MessageId id, Instant at, Plan plan) {
        return new Acceptance(id, Line.INBOUND, at, envelope(), TRACE, plan, Optional.empty());
    }

    /** What is remembered of a mail of an application. */
    public static Sending sending(boolean tracked) {
        return new Sending(
                new Scope("123456789012", "us-east-1"),
                "alice@sender.example",
                Optional.empty(),
                "AKIAEXAMPLE",
                Optional.empty(),
                "SendEmail",
                Optional.of("main"),
                Map.of(),
                Optional.empty(),
                new Domain("sender.example"),
                Sending.Conditions.NONE,
                List.of(),
                false,
                Optional.empty(),
                tracked);
    }

    /** One of each kind, with all that a check can add. */
    public static Verdicts verdicts() {
        return new Verdicts(
                verdict(Verdict.Status.GRAY, "softfail", "~all of \u00fc.example"),
                new Verdicts.Dkim(
                        verdict(Verdict.Status.PASS, "pass", ""),
                        List.of(
                                new Verdicts.Signature("sender.example", "s1", "pass", ""),
                                new Verdicts.Signature("", "", "permerror", "no d="))),
                new Verdicts.Dmarc(
                        verdict(Verdict.Status.FAIL, "fail", "not aligned"), Optional.of(Verdicts.Dmarc.Policy.REJECT)),
                Verdict.disabled(),
                new Verdicts.Spam(
                        verdict(Verdict.Status.PASS, "no action", "0.4 of 15"),
                        OptionalDouble.of(0.4),
                        List.of("R_SPF_ALLOW", "MIME_GOOD")),
                verdict(Verdict.Status.PROCESSING_FAILED, "none", "the scanner is down"),
                new Verdicts.ClientFacts(Optional.of("mx.sender.example"), List.of("bl.example")));
    }

    private static Verdict verdict(Verdict.Status status, String result, String reason) {
        return new Verdict(status, result, reason, Duration.ofNanos(1_234_000));
    }

    public static Draft draft(Spool spool, byte[] content) throws IOException {
        Draft draft = spool.draft(content.length);
        draft.write(content, 0, content.length);
        return draft;
    }

    public static Committed accept(Spool spool, Instant at, byte[] content, String... destinations) throws IOException {
        try (Draft draft = draft(spool, content)) {
            return spool.commit(acceptance(id(at), at, plan(destinations)), draft);
        }
    }

    /** What is read of a content whose bytes as received were these. */
    public static byte[] withTrace(byte[] content) {
        byte[] all = new byte[TRACE.length + content.length];
        System.arraycopy(TRACE, 0, all, 0, TRACE.length);
        System.arraycopy(content, 0, all, TRACE.length, content.length);
        return all;
    }

    public static byte[] read(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    public static byte[] transferred(MessageContent content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.transferTo(Channels.newChannel(out));
        return out.toByteArray();
    }

    public static EffectKey effect(MessageId id, int run, int action) {
        return new EffectKey(id, RULES, "rule" + run, action);
    }

    public static Attempt attempt(MessageId id, int run, int number, Instant at, Outcome outcome) {
        return new Attempt(effect(id, run, 0), number, "hook:a", at, Duration.ofMillis(12), outcome);
    }
}
