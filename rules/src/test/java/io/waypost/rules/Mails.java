package io.waypost.rules;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.Condition;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.RecipientPattern;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mails and rules for tests. */
public final class Mails {

    public static final OwnDomains OWN = new OwnDomains(
            List.of(new Domain("example.com"), new Domain("example.org"), new Domain("xn--mnchen-3ya.example")));

    private Mails() {}

    public static Client clear(String address) {
        return new Client(InetAddress.ofLiteral(address), 4711, "client.example", "ESMTP", Optional.empty());
    }

    public static Client encrypted(String version) {
        return new Client(
                InetAddress.ofLiteral("192.0.2.1"),
                4711,
                "client.example",
                "ESMTPS",
                Optional.of(new Client.Tls(version, "TLS_AES_128_GCM_SHA256")));
    }

    public static Envelope to(String... recipients) {
        return Envelope.of(
                ReversePath.parse("alice@sender.example"),
                Arrays.stream(recipients).map(EmailAddress::of).toList(),
                clear("192.0.2.1"));
    }

    public static MessageContent content(String... lines) {
        return MessageContent.of((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A message whose bytes must not be asked for. */
    public static MessageContent unread() {
        return new MessageContent() {
            @Override
            public long size() {
                return 1000;
            }

            @Override
            public java.io.InputStream open() {
                throw new AssertionError("nobody asked for the header");
            }
        };
    }

    /** A rule for recipients divided by blanks. */
    public static Rule rule(String name, String recipients, Action... actions) {
        return conditional(name, recipients, Condition.ALWAYS, Condition.NEVER, actions);
    }

    public static Rule conditional(
            String name, String recipients, Condition when, Condition unless, Action... actions) {
        List<RecipientPattern> patterns = recipients.isEmpty()
                ? List.of()
                : Arrays.stream(recipients.split(" ")).map(RecipientPattern::of).toList();
        return new Rule(name, true, patterns, TlsPolicy.OPTIONAL, when, unless, List.of(actions));
    }

    public static Rule disabled(Rule rule) {
        return new Rule(rule.name(), false, rule.recipients(), rule.tls(), rule.when(), rule.unless(), rule.actions());
    }

    public static Rule requiringTls(Rule rule) {
        return new Rule(
                rule.name(),
                rule.enabled(),
                rule.recipients(),
                TlsPolicy.REQUIRE,
                rule.when(),
                rule.unless(),
                rule.actions());
    }

    public static CompiledRuleSet compiled(Rule... rules) {
        return CompiledRuleSet.of(new RuleSet(new RuleSetVersion("test", 1), List.of(rules)), OWN);
    }
}
