package io.waypost.server;

import io.waypost.config.ConfigLoader;
import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command has: which configuration. */
final class ConfigOption {

    private static final String DEFAULT = "config/waypost.yaml";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's file (default: ${DEFAULT-VALUE}).",
            defaultValue = DEFAULT)
    private Path file = Path.of(DEFAULT);

    Path file() {
        return file;
    }

    /** What a further command for the same server must say behind its name: nothing, or {@code  --config FILE}. */
    String toRepeat() {
        return file.equals(Path.of(DEFAULT)) ? "" : " --config " + file;
    }

    ConfigResult read() {
        return ConfigLoader.load(file, System.getenv());
    }

    /** The configuration, or every fault of it as one exception. */
    WaypostConfig load() throws StartException {
        ConfigResult result = read();
        return result.config()
                .orElseThrow(() -> new StartException(String.join(
                        System.lineSeparator(),
                        result.problems().stream().map(Object::toString).toList())));
    }
}
