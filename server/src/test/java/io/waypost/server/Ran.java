package io.waypost.server;

import io.waypost.server.support.Setup;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One command that ran to its end in this process.
 *
 * @param exitCode as the shell sees it
 * @param out standard output
 * @param err standard error, without the program's log
 */
record Ran(int exitCode, String out, String err) {

    /** Runs {@code waypost ARGUMENTS}. */
    static Ran command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    /** What {@code waypost trace} prints for a mail. */
    static String trace(Setup setup, String messageId) {
        return command("trace", "--config", setup.config().toString(), messageId)
                .out();
    }
}
