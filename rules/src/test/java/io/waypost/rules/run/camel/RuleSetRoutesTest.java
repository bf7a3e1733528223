package io.waypost.rules.run.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waypost.message.Client;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Run;
import io.waypost.message.RunState;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import io.waypost.rules.run.RunInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RuleSetRoutesTest {

    @Test
    void aRunThatComesAfterTheRoutesWereStoppedIsAFaultAtOnce() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        RuleSetRoutes routes = new RuleSetRoutes(camel, Set.of("script"), hand -> hand);
        RunInHand hand = emptyRun();
        routes.travel(hand);
        // What a closing context does first.
        camel.getRouteController().stopAllRoutes();
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> routes.travel(hand))
                .isInstanceOf(RuntimeException.class));
        routes.close();
        camel.close();
    }

    private static RunInHand emptyRun() {
        Rule rule = new Rule("r", true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.NEVER, List.of());
        RuleSetVersion version = new RuleSetVersion("test", 1);
        Instant now = Instant.now();
        Plan plan = new Plan(version, List.of(new Plan.PlannedRun("r", List.of(), OptionalInt.empty(), "")), Map.of());
        Mail mail = new Mail(
                MessageId.next(now, new Random(1)),
                Line.INBOUND,
                now,
                Envelope.of(ReversePath.NULL, List.of(), Client.local("test")),
                0,
                plan);
        RunState.Ready ready = new RunState.Ready(0, 0, now, now, "");
        return new RunInHand(
                new Run(mail, 0, ready, OptionalInt.empty()),
                new RuleSet(version, List.of(rule)),
                rule,
                0,
                0,
                now,
                OptionalInt.empty(),
                false,
                false);
    }
}
