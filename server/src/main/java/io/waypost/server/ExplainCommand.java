package io.waypost.server;

import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problems;
import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.Disposition;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.rules.Action;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFiles;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.Explanation;
import io.waypost.rules.match.OwnDomains;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost explain}: what the rules would do with a mail. Nothing is done. */
@Command(
        name = "explain",
        description = "What the active rule set (or --rules FILE) would do with a mail; nothing is done.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final MessageId SOME_ID = new MessageId("0".repeat(MessageId.LENGTH));

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Parameters(paramLabel = "FILE.eml", description = "The message.")
    private Path file = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ADDR",
            description = "An envelope recipient; may be repeated.")
    private List<String> to = List.of();

    @Option(
            names = "--from",
            paramLabel = "ADDR",
            description = "The envelope sender; empty for the null path.",
            defaultValue = "test@sender.example")
    private String from = "";

    @Option(names = "--client", paramLabel = "IP", description = "The client's address.", defaultValue = "127.0.0.1")
    private String client = "127.0.0.1";

    @Option(names = "--tls", description = "The mail came over TLS.")
    private boolean tls;

    @Option(
            names = "--verdict",
            paramLabel = "CHECK=VERDICT",
            description = "What a check is to have found, such as spam=FAIL; the others are taken as DISABLED.")
    private Map<Verdicts.Check, Verdict.Status> verdicts = Map.of();

    @Option(names = "--rules", paramLabel = "FILE", description = "This rule file instead of the active one.")
    private Optional<Path> rules = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        WaypostConfig config = option.load();
        List<EmailAddress> recipients = to.stream().map(EmailAddress::of).toList();
        Envelope envelope = Envelope.of(
                from.isEmpty() ? ReversePath.NULL : ReversePath.of(EmailAddress.of(from)), recipients, peer());
        MessageContent content = MessageContent.of(Files.readAllBytes(file));
        try (Rehearsal rehearsal = Rehearsal.of(ConfigResult.Readable.whole(config))) {
            RuleFile ruleFile = ruleFile(config, rehearsal);
            RuleSet ruleSet = ruleFile.as(new RuleSetVersion(ruleFile.name(), 1));
            CompiledRuleSet compiled = CompiledRuleSet.of(
                    ruleSet,
                    new OwnDomains(config.domains().stream().map(Domain::new).toList()));
            print(ruleSet, compiled, envelope, content);
            return 0;
        }
    }

    private Client peer() throws java.net.UnknownHostException {
        return new Client(
                InetAddress.ofLiteral(client),
                0,
                "explain.test",
                tls ? "ESMTPS" : "ESMTP",
                tls ? Optional.of(new Client.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256")) : Optional.empty());
    }

    private RuleFile ruleFile(WaypostConfig config, Rehearsal rehearsal) throws Exception {
        Problems problems = new Problems();
        Optional<RuleFile> found = rules.isPresent()
                ? rehearsal
                        .reader()
                        .read(rules.get().toString(), Files.readString(rules.get()), Ownership.REQUIRED, problems)
                : RuleFiles.active(config.rules(), rehearsal.reader(), problems);
        if (!problems.isEmpty()) {
            throw new StartException(problems.toString());
        }
        return found.orElseThrow(() -> new StartException("no rule set is active; name a file with --rules"));
    }

    private void print(RuleSet ruleSet, CompiledRuleSet compiled, Envelope envelope, MessageContent content)
            throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("rule set %s%n", ruleSet.version().name());
        for (EmailAddress recipient : envelope.addresses()) {
            Optional<Reply> refusal = compiled.refusal(envelope.from(), recipient, envelope.client());
            out.printf(
                    "  RCPT %s: %s%n", recipient, refusal.map(Reply::toString).orElse("taken"));
        }
        Explanation explanation = Explanation.of(compiled, envelope, GivenVerdicts.of(verdicts), content);
        for (Explanation.Answer answer : explanation.rules()) {
            out.printf("  %s%n", answer);
            if (answer.matched()) {
                ruleSet.rule(answer.rule()).ifPresent(rule -> printActions(out, rule));
            }
        }
        switch (explanation.decision()) {
            case Decision.Refuse refuse ->
                out.printf("the mail is refused in the session: %s (rule %s)%n", refuse.reply(), refuse.rule());
            case Decision.Accept accept ->
                out.printf(
                        "the mail is accepted; %s carried out%n",
                        Faults.count(accept.plan().runs().size(), "rule is", "rules are"));
        }
    }

    private static void printActions(PrintWriter out, Rule rule) {
        for (int i = 0; i < rule.actions().size(); i++) {
            Action action = rule.actions().get(i);
            out.printf("      %d  %s%n", i, describe(action));
        }
    }

    private static String describe(Action action) {
        return switch (action.flow()) {
            case Action.Flow.AddsField(String name, String value) ->
                "%s %s: %s".formatted(action.type(), name, TraceReport.printable(value));
            case Action.Flow.Stops(Disposition disposition, boolean unused) ->
                action.type()
                        + target(action)
                        + (disposition == Disposition.STOP_RULE_SET ? ", and the later rules" : ", this rule only");
            case Action.Flow.Refuses(Reply reply, boolean unused) -> action.type() + " with " + reply;
            case Action.Flow.Decides() -> action.type() + target(action) + ", whose answer decides what follows";
            case Action.Flow.Ordinary() -> action.type() + target(action);
        };
    }

    private static String target(Action action) {
        if (action.destination().isEmpty()) {
            return "";
        }
        return " to " + action.destination()
                + action.storesAt(SOME_ID)
                        .map(object -> " as " + object.key().replace(SOME_ID.value(), "MESSAGE-ID"))
                        .orElse("");
    }
}
