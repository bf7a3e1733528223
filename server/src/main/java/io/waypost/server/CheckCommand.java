package io.waypost.server;

import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
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
        List<String> problems = new ArrayList<>(
                result.problems().stream().map(Problem::toString).toList());
        if (result.config().isPresent()) {
            WaypostConfig config = result.config().get();
            try (Rehearsal rehearsal = Rehearsal.of(config)) {
                rehearsal.endpointFaults().forEach(fault -> problems.add(option.file() + ": " + fault));
                RuleReading.check(config, rehearsal.reader()).forEach(problem -> problems.add(problem.toString()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (!problems.isEmpty()) {
            out.println(Faults.count(problems.size(), "error", "errors")
                    + (result.config().isPresent() ? "" : "; the rule files are read once this file is right"));
            return 1;
        }
        out.printf("%s and its rule files are right%n", option.file());
        return 0;
    }
}
