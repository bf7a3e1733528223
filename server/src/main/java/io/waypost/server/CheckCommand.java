package io.waypost.server;

import io.waypost.config.ConfigResult;
import io.waypost.config.text.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code waypost check}: every fault of the configuration and the rule files at once. Changes nothing. */
@Command(
        name = "check",
        description = "Report every configuration and rule error at once.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption option = new ConfigOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ConfigResult result = option.read();
        List<Problem> problems = new ArrayList<>(result.problems());
        if (result.readable().isPresent()) {
            ConfigResult.Readable readable = result.readable().get();
            try (Rehearsal rehearsal = Rehearsal.of(readable)) {
                problems.addAll(rehearsal.endpointFaults());
                problems.sort(Comparator.comparing(Problem::place));
                problems.addAll(RuleReading.check(readable, rehearsal.reader()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (!problems.isEmpty()) {
            out.println(Faults.count(problems.size(), "error", "errors") + notJudged(result));
            return 1;
        }
        out.printf("%s and its rule files are right%n", option.file());
        return 0;
    }

    private static String notJudged(ConfigResult result) {
        return result.readable()
                .map(readable -> readable.doubtful().isEmpty()
                        ? ""
                        : "; what rules name under " + String.join(", ", readable.doubtful())
                                + " was not judged, for the server's file has faults there")
                .orElse("; the rule files are read once this file can be read");
    }
}
