package io.waypost.message.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The system's table of names, hosts(5). Read anew each time: it is small, and containers change it while we run. */
final class HostsFile {

    private static final long LARGEST = 1024 * 1024;

    private final Path file;

    HostsFile(Path file) {
        this.file = file;
    }

    /** The addresses of a name, in the order of the file; empty where the file, or the name in it, is missing. */
    List<InetAddress> addresses(String host) {
        List<InetAddress> found = new ArrayList<>();
        try {
            if (Files.size(file) > LARGEST) {
                return List.of();
            }
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\n")) {
                int comment = line.indexOf('#');
                String[] words = (comment < 0 ? line : line.substring(0, comment))
                        .strip()
                        .split("\\s+");
                for (int i = 1; i < words.length; i++) {
                    if (words[i].equalsIgnoreCase(host)) {
                        found.add(InetAddress.ofLiteral(words[0]));
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // No such table, or a line that is none: DNS is asked.
        }
        return found;
    }
}
