package io.waypost.server;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code waypost}: one command each for what a user does. */
@Command(
        name = "waypost",
        description = "Receives mail for your domains, keeps it, and routes it by receipt rules.",
        mixinStandardHelpOptions = true,
        version = "waypost 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            SendCommand.class,
            TraceCommand.class,
            ExplainCommand.class,
            DeadCommand.class,
            QueueCommand.class,
            IdentitiesCommand.class,
            KeysCommand.class,
            ReceiptCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs one command; 0 is success, 1 a failure that was explained in one line each, 2 a command line nobody understands. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, line, result) -> {
                    err.println("waypost: " + Faults.inOneLine(e));
                    return 1;
                });
        if (arguments.length == 0) {
            commandLine.usage(err);
            return 2;
        }
        return commandLine.execute(arguments);
    }
}
