package io.waypost.bench;

import io.waypost.message.ReversePath;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.spf.ReceivedSpf;
import io.waypost.smtp.checks.spf.SpfCheck;
import io.waypost.smtp.checks.spf.SpfResult;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What SPF costs a mail when every answer of DNS is at hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SpfBenchmark {

    private final Dns dns = new Answers();
    private final SpfCheck check = new SpfCheck("mx.receiver.example", Clock.systemUTC());
    private final InetAddress client = InetAddress.ofLiteral("198.18.0.7");
    private final ReversePath common = ReversePath.parse("alice@common.example");
    private final ReversePath worst = ReversePath.parse("alice@worst.example");
    private final SpfResult result = check.check(client, "mail.common.example", common, dns);

    /** Three networks, the domain's address, its exchanger, and an include that lets the client pass: five questions. */
    @Benchmark
    public SpfResult commonRecord() {
        return check.check(client, "mail.common.example", common, dns);
    }

    /** Ten terms of ten exchangers each: 111 questions. */
    @Benchmark
    public SpfResult worstRecord() {
        return check.check(client, "mail.worst.example", worst, dns);
    }

    /** The field's value. */
    @Benchmark
    public String receivedSpf() {
        return ReceivedSpf.value(result, client, "mail.common.example");
    }

    /** Texts from a table; the same for all other questions. */
    private static final class Answers implements Dns {

        private final Map<String, Answer<String>> texts = Map.of(
                "common.example",
                text("v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ip6:2001:db8::/32 a mx include:mass.example -all"),
                "mass.example",
                text("v=spf1 ip4:203.0.113.0/24 ip4:198.18.0.0/24 ~all"),
                "worst.example",
                text("v=spf1 mx mx mx mx mx mx mx mx mx mx -all"));
        private final Answer<InetAddress> address = new Found<>(List.of(InetAddress.ofLiteral("192.0.2.99")), false);
        private final Answer<Exchanger> one = new Found<>(List.of(new Exchanger(10, "mx.common.example")), false);
        private final Answer<Exchanger> ten = new Found<>(
                IntStream.range(0, 10)
                        .mapToObj(i -> new Exchanger(i, "mx" + i + ".worst.example"))
                        .toList(),
                false);

        private static Answer<String> text(String text) {
            return new Found<>(List.of(text), false);
        }

        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            return address;
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            return name.startsWith("worst") ? ten : one;
        }

        @Override
        public Answer<String> texts(String name) {
            return texts.getOrDefault(name, new NoName<>());
        }

        @Override
        public Answer<String> names(InetAddress of) {
            return new NoName<>();
        }

        @Override
        public Answer<Tlsa> certificates(String name) {
            return new NoName<>();
        }
    }
}
