package io.waypost.server.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One command of the program as the shell runs it: a process of its own, with its own environment.
 *
 * @param exitCode as the shell sees it
 * @param out all of standard output
 * @param err all of standard error
 */
public record Waypost(int exitCode, String out, String err) {

    /**
     * Runs {@code waypost ARGUMENTS} with the program's own log settings and waits for its end.
     *
     * @param environment added to the environment
     * @throws IllegalStateException when it does not end within 30 s
     */
    public static Waypost run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "waypost", ".out");
        Path err = Files.createTempFile(folder, "waypost", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile="
                        + Path.of("target/classes/logback.xml").toAbsolutePath(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.waypost.server.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "waypost " + String.join(" ", arguments) + " does not end:\n" + Files.readString(err));
            }
            return new Waypost(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
