package io.waypost.bench;

import io.waypost.config.text.DataSize;
import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.Condition;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.RecipientPattern;
import io.waypost.rules.match.TextTest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What matching costs a mail with 10,000 rules: at most 20 microseconds. Rules of every recipient form, half of them with a
 * condition; the mails meet an address rule and two of the domain, and carry a label.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MatcherBenchmark {

    private static final int RULES = 10_000;

    private final RuleSet ruleSet = new RuleSet(new RuleSetVersion("bench", 1), rules());
    private final OwnDomains own = new OwnDomains(List.of(new Domain("example.com")));
    private final Client client =
            new Client(InetAddress.getLoopbackAddress(), 25, "mx.sender.example", "ESMTP", Optional.empty());
    private final MessageContent content = message();
    private final Envelope one = to(1);
    private final Envelope hundred = to(100);
    private CompiledRuleSet rules = CompiledRuleSet.of(ruleSet, own);

    /** Runs this benchmark alone. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(MatcherBenchmark.class.getSimpleName())
                        .build())
                .run();
    }

    @Setup
    public void compile() {
        rules = CompiledRuleSet.of(ruleSet, own);
    }

    /** The whole decision for a mail with one recipient, header read included. */
    @Benchmark
    public Decision decideForOneRecipient() throws IOException {
        return rules.decide(one, Verdicts.NONE, content);
    }

    /** The same for a hundred recipients. */
    @Benchmark
    public Decision decideForAHundredRecipients() throws IOException {
        return rules.decide(hundred, Verdicts.NONE, content);
    }

    /** The answer to RCPT for a recipient that no rule takes. */
    @Benchmark
    public Optional<Reply> refuseAtRcpt() {
        return rules.refusal(one.from(), new EmailAddress("nobody", new Domain("elsewhere.example.com")), client);
    }

    /** Making a saved rule set ready. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public CompiledRuleSet compileTenThousandRules() {
        return CompiledRuleSet.of(ruleSet, own);
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < RULES - 3; i++) {
            String recipient =
                    switch (i % 10) {
                        case 0 -> "sub" + i + ".example.com";
                        case 1 -> ".area" + i + ".example.com";
                        case 2 -> "user" + i + "+label@in.example.com";
                        default -> "user" + i + "@in.example.com";
                    };
            rules.add(rule("rule" + i, recipient, i % 2 == 0 ? Condition.ALWAYS : smallInvoice()));
        }
        rules.add(rule("domain", "in.example.com", smallInvoice()));
        rules.add(rule("below", ".in.example.com", smallInvoice()));
        rules.add(rule("last", "in.example.com", Condition.ALWAYS));
        return rules;
    }

    private static Condition smallInvoice() {
        return new Condition.All(List.of(
                new Condition.SizeBelow(DataSize.ofMegabytes(20)),
                new Condition.FieldIs("Subject", new TextTest.Contain("invoice")),
                new Condition.SenderIn(List.of(RecipientPattern.of("sender.example")), false)));
    }

    private static Rule rule(String name, String recipient, Condition when) {
        return new Rule(
                name,
                true,
                List.of(RecipientPattern.of(recipient)),
                TlsPolicy.OPTIONAL,
                when,
                Condition.NEVER,
                List.of(new Keep("bench:" + name)));
    }

    private record Keep(String destination) implements Action {
        @Override
        public String type() {
            return "keep";
        }
    }

    private Envelope to(int recipients) {
        return Envelope.of(
                ReversePath.parse("alice@sender.example"),
                IntStream.range(0, recipients)
                        .mapToObj(i -> EmailAddress.of("user" + (5003 + 10 * i) + "+label@in.example.com"))
                        .toList(),
                client);
    }

    private static MessageContent message() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("Received: from relay").append(i).append(".example by mx.example with ESMTPS;\r\n");
            text.append("\tMon, 23 Nov 2026 08:00:00 +0000\r\n");
        }
        text.append("From: Alice <alice@sender.example>\r\nTo: help@in.example.com\r\n");
        text.append("Subject: =?UTF-8?Q?Your_invoice_of_M=C3=A4rz?=\r\n\r\n");
        text.append("x".repeat(10_000)).append("\r\n");
        return MessageContent.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
