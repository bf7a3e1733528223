package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.message.MessageId;
import io.waypost.message.port.Ledger;
import io.waypost.message.sending.SesMessageId;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost trace ID}: all that happened to one mail. Works beside a running server and without one. */
@Command(
        name = "trace",
        description = "All that happened to one mail, and why each rule did or did not match.",
        mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(
            paramLabel = "MESSAGE-ID",
            description =
                    "The id in the 250 reply (40 characters of 0-9a-v), or the one that an SES API or submission answered.")
    private String id = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        MessageId message = SesMessageId.parse(id).orElseGet(() -> new MessageId(id));
        WaypostConfig loaded = config.load();
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            Optional<Ledger.Story> story = store.ledger().story(message);
            if (story.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("waypost: there is no mail " + message + " in " + loaded.data()
                                + ", or its history is over (history: "
                                + loaded.history().toDays() + "d)");
                return 1;
            }
            new TraceReport(spec.commandLine().getOut()).print(story.get());
            return 0;
        }
    }
}
