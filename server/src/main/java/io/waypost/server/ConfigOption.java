package io.waypost.server;

import io.waypost.config.ConfigLoader;
import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option every command has: which configuration. */
final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's file (default: ${DEFAULT-VALUE}).",
            defaultValue = "config/waypost.yaml")
    private Path file = Path.of("config/waypost.yaml");

    Path file() {
        return file;
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
