package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.message.Attempt;
import io.waypost.message.EffectKey;
import io.waypost.message.port.Ledger;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost dead}: effects that gave up. Works beside a running server and without one. */
@Command(
        name = "dead",
        description = "List, show, replay or drop effects that gave up. Their mails' bytes are kept until then.",
        mixinStandardHelpOptions = true)
final class DeadCommand {

    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private interface Work {
        int with(Ledger ledger) throws IOException;
    }

    private static int beside(ConfigOption config, Work work) throws Exception {
        WaypostConfig loaded = config.load();
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            return work.with(store.ledger());
        }
    }

    @Command(
            name = "list",
            description = "One line for each dead effect, oldest first.",
            mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config) throws Exception {
        return beside(config, ledger -> {
            Optional<EffectKey> after = Optional.empty();
            long count = 0;
            while (true) {
                List<Ledger.DeadEffect> page = ledger.dead(PAGE, after);
                for (Ledger.DeadEffect dead : page) {
                    out().printf(
                                    Locale.ROOT,
                                    "%s  dead for %s  after %s  %s%n",
                                    dead.key(),
                                    TraceReport.ago(dead.state().since(), Instant.now()),
                                    Faults.count(dead.state().attempts(), "try", "tries"),
                                    TraceReport.printable(dead.state().reason()));
                }
                count += page.size();
                if (page.size() < PAGE) {
                    break;
                }
                after = Optional.of(page.getLast().key());
            }
            out().println(Faults.count(count, "dead effect", "dead effects"));
            return 0;
        });
    }

    @Command(name = "show", description = "The whole story of a dead effect's mail.", mixinStandardHelpOptions = true)
    int show(@Mixin ConfigOption config, @Parameters(paramLabel = "EFFECT-KEY") String key) throws Exception {
        EffectKey effect = EffectKey.of(key);
        return beside(config, ledger -> {
            Optional<Ledger.Story> story = ledger.story(effect.message());
            story.ifPresent(new TraceReport(out())::print);
            return story.isPresent() ? 0 : unknown(key);
        });
    }

    @Command(
            name = "replay",
            description = "Carry dead effects out again, with a fresh give-up window.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin ConfigOption config,
            @Option(names = "--all", description = "Every dead effect.") boolean all,
            @Parameters(paramLabel = "EFFECT-KEY", arity = "0..*") @Nullable List<String> keys)
            throws Exception {
        if (!all && keys == null) {
            throw new ParameterException(
                    spec.commandLine(), "name effect keys as 'waypost dead list' prints them, or --all");
        }
        List<String> named = keys == null ? List.of() : keys;
        return beside(
                config,
                ledger -> each(ledger, all, named, "replayed", key -> {
                    Optional<Ledger.Story> story = ledger.story(key.message());
                    return story.isPresent() && ledger.replay(key, Instant.now(), destination(story.get(), key));
                }));
    }

    @Command(
            name = "drop",
            description =
                    "End dead effects for good; a mail with nothing else open is then settled and its bytes are released.",
            mixinStandardHelpOptions = true)
    int drop(@Mixin ConfigOption config, @Parameters(paramLabel = "EFFECT-KEY", arity = "1..*") List<String> keys)
            throws Exception {
        return beside(config, ledger -> each(ledger, false, keys, "dropped", key -> ledger.drop(key, Instant.now())));
    }

    private interface Change {
        boolean of(EffectKey key) throws IOException;
    }

    private int each(Ledger ledger, boolean all, List<String> keys, String done, Change change) throws IOException {
        List<EffectKey> effects =
                all ? everyDead(ledger) : keys.stream().map(EffectKey::of).toList();
        int missing = 0;
        for (EffectKey key : effects) {
            if (change.of(key)) {
                out().printf("%s %s%n", done, key);
            } else {
                missing += unknown(key.toString());
            }
        }
        if (effects.isEmpty()) {
            out().println("there are no dead effects");
        }
        return missing == 0 ? 0 : 1;
    }

    private static List<EffectKey> everyDead(Ledger ledger) throws IOException {
        List<EffectKey> keys = new java.util.ArrayList<>();
        List<Ledger.DeadEffect> page = ledger.dead(PAGE, Optional.empty());
        while (!page.isEmpty()) {
            page.forEach(dead -> keys.add(dead.key()));
            page = ledger.dead(PAGE, Optional.of(page.getLast().key()));
        }
        return keys;
    }

    // Where it went the last time: the rules are not at hand here, and they have not changed for this mail.
    private static String destination(Ledger.Story story, EffectKey key) {
        return story.attempts().stream()
                .filter(attempt -> attempt.effect().equals(key))
                .map(Attempt::destination)
                .reduce("", (earlier, later) -> later);
    }

    private int unknown(String key) {
        spec.commandLine().getErr().println("waypost: there is no dead effect " + key);
        return 1;
    }
}
