package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.message.EmailAddress;
import io.waypost.message.Line;
import io.waypost.message.MessageId;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Queue;
import io.waypost.message.port.Queue.Waiting;
import io.waypost.message.sending.SesMessageId;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waypost queue}: outbound mail that waits. Works beside a running server and without one. */
@Command(
        name = "queue",
        description = "List, hold, release or drop outbound mail that waits to be delivered, one recipient at a time.",
        mixinStandardHelpOptions = true)
final class QueueCommand {

    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Which recipients are meant. */
    static final class Filter {
        @Option(
                names = "--to",
                paramLabel = "DOMAIN|ADDRESS",
                description = "Only recipients of this domain, or this recipient.")
        @Nullable
        String to;

        @Option(
                names = "--from",
                paramLabel = "DOMAIN|ADDRESS",
                description = "Only mail of senders of this domain, or of this sender.")
        @Nullable
        String from;

        @Option(names = "--id", paramLabel = "MESSAGE-ID", description = "Only this mail, by either form of its id.")
        @Nullable
        String id;

        boolean isEmpty() {
            return to == null && from == null && id == null;
        }

        boolean takes(Waiting waiting) {
            String recipients = recipients(waiting);
            return !recipients.isEmpty()
                    && takes(to, recipients)
                    && takes(from, waiting.mail().envelope().from().toString())
                    && (id == null || waiting.mail().id().equals(messageId(id)));
        }

        private static boolean takes(@Nullable String wanted, String addresses) {
            if (wanted == null) {
                return true;
            }
            String lower = wanted.toLowerCase(Locale.ROOT);
            return List.of(addresses.toLowerCase(Locale.ROOT).split(" ")).stream()
                    .anyMatch(address ->
                            address.equals(lower) || lower.indexOf('@') < 0 && address.endsWith("@" + lower));
        }

        private static MessageId messageId(String text) {
            return SesMessageId.parse(text).orElseGet(() -> new MessageId(text));
        }
    }

    private static String recipients(Waiting waiting) {
        return waiting.mail().plan().runs().get(waiting.run().index()).recipients().stream()
                .map(EmailAddress::toString)
                .collect(Collectors.joining(" "));
    }

    private interface Page {
        void of(List<Waiting> waiting) throws IOException;
    }

    private static void each(Queue queue, Filter filter, Page page) throws IOException {
        Optional<RunKey> after = Optional.empty();
        while (true) {
            List<Waiting> found = queue.waiting(Line.OUTBOUND, PAGE, after);
            page.of(found.stream().filter(filter::takes).toList());
            if (found.size() < PAGE) {
                return;
            }
            after = Optional.of(found.getLast().run());
        }
    }

    private interface Work {
        int with(Queue queue) throws IOException;
    }

    private static int beside(ConfigOption config, Work work) throws Exception {
        WaypostConfig loaded = config.load();
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            return work.with(store.queue());
        }
    }

    @Command(
            name = "list",
            description = "One line for each recipient that waits, oldest mail first.",
            mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config, @Mixin Filter filter) throws Exception {
        Instant now = Instant.now();
        long[] count = new long[1];
        return beside(config, queue -> {
            each(queue, filter, page -> {
                for (Waiting waiting : page) {
                    out().printf(
                                    Locale.ROOT,
                                    "%s  %s -> %s  %,d bytes  %s old  %s%n",
                                    waiting.mail().id(),
                                    TraceReport.printable(
                                            "<" + waiting.mail().envelope().from() + ">"),
                                    TraceReport.printable(recipients(waiting)),
                                    waiting.mail().size(),
                                    TraceReport.ago(waiting.mail().acceptedAt(), now),
                                    state(waiting, now));
                }
                count[0] += page.size();
            });
            out().println(Faults.count(count[0], "recipient", "recipients") + " waiting");
            return 0;
        });
    }

    private static String state(Waiting waiting, Instant now) {
        RunState.Ready state = waiting.state();
        String tried = state.attempts() == 0 ? "" : ", tried " + Faults.count(state.attempts(), "time", "times");
        if (state.isHeld()) {
            return "held" + tried;
        }
        if (state.isDropped()) {
            return "dropped";
        }
        if (waiting.inHand()) {
            return "in hand" + tried;
        }
        return (state.at().isAfter(now) ? "next try in " + TraceReport.ago(now, state.at()) : "due") + tried;
    }

    private interface Change {
        int of(Queue queue, Collection<RunKey> runs) throws IOException;
    }

    private int change(ConfigOption config, Filter filter, boolean all, String done, Change change) throws Exception {
        if (filter.isEmpty() && !all) {
            throw new ParameterException(
                    spec.commandLine(), "say which: --to, --from or --id, or --all for everything that waits");
        }
        int[] counts = new int[2];
        return beside(config, queue -> {
            each(queue, filter, page -> {
                counts[0] += change.of(queue, page.stream().map(Waiting::run).toList());
                counts[1] += page.size();
            });
            out().printf(
                            Locale.ROOT,
                            "%s %s%s%n",
                            done,
                            Faults.count(counts[0], "recipient", "recipients"),
                            counts[0] == counts[1]
                                    ? ""
                                    : "; " + (counts[1] - counts[0]) + " were in hand, or were so already");
            return 0;
        });
    }

    @Command(
            name = "hold",
            description = "Deliver no more until released. What is on its way at this moment goes on.",
            mixinStandardHelpOptions = true)
    int hold(
            @Mixin ConfigOption config,
            @Mixin Filter filter,
            @Option(names = "--all", description = "Everything that waits.") boolean all)
            throws Exception {
        return change(config, filter, all, "held", Queue::hold);
    }

    @Command(
            name = "release",
            description = "Deliver what was held, at once, with a fresh give-up window.",
            mixinStandardHelpOptions = true)
    int release(
            @Mixin ConfigOption config,
            @Mixin Filter filter,
            @Option(names = "--all", description = "Everything that is held.") boolean all)
            throws Exception {
        return change(config, filter, all, "released", (queue, runs) -> queue.release(runs, Instant.now()));
    }

    @Command(
            name = "drop",
            description =
                    "Never deliver; nobody is told. A mail with no other recipient waiting is settled and its bytes go.",
            mixinStandardHelpOptions = true)
    int drop(
            @Mixin ConfigOption config,
            @Mixin Filter filter,
            @Option(names = "--all", description = "Everything that waits.") boolean all)
            throws Exception {
        return change(config, filter, all, "dropped", (queue, runs) -> queue.drop(runs, Instant.now()));
    }
}
