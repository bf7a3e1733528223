package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The clients that applications have, run as programs of their own against a server of this process. */
final class RealClients {

    static final String KEY = "AKIAWAYPOSTTEST00001";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private static final List<String> PACKAGES =
            List.of("@aws-sdk/client-ses@3.1169.0", "@aws-sdk/client-sesv2@3.1169.0", "nodemailer@7.0.10");

    private RealClients() {}

    /** The {@code aws} command. */
    static void shell(String script, String... arguments) throws Exception {
        run(List.of("bash", source(script).toString()), arguments);
    }

    /** boto3. */
    static void python(String script, String... arguments) throws Exception {
        run(List.of("/usr/bin/python3", source(script).toString()), arguments);
    }

    /** The SDK for JavaScript, and what is built on it. */
    static void node(String script, String... arguments) throws Exception {
        Path home = packages();
        Files.copy(source(script), home.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        run(List.of("node", home.resolve(script).toString()), arguments);
    }

    private static Path source(String name) {
        return Path.of("src/test/resources/clients", name).toAbsolutePath();
    }

    /** The packages of npm, once for all runs. */
    private static synchronized Path packages() throws Exception {
        Path home = Files.createDirectories(Path.of("target/npm").toAbsolutePath());
        Path installed = home.resolve("installed");
        String wanted = String.join(" ", PACKAGES);
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            Files.writeString(home.resolve("package.json"), "{\"private\":true,\"type\":\"module\"}");
            List<String> command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
            command.addAll(PACKAGES);
            Process npm = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(npm.waitFor()).as(said).isZero();
            Files.writeString(installed, wanted);
        }
        return home;
    }

    private static void run(List<String> command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("AWS_ACCESS_KEY_ID", KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_PAGER", "");
        environment.put("AWS", "/usr/bin/aws");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
