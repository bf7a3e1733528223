package io.waypost.config;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Reads paths and patterns of paths. */
final class Paths {

    private Paths() {}

    static Path of(String text) {
        try {
            return Path.of(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path", e);
        }
    }

    /** A path whose last part may be a pattern. */
    static String pattern(String text) {
        Path path = of(text);
        Path parent = path.getParent();
        if (text.isBlank()) {
            throw new IllegalArgumentException("a path is needed, such as rules/*.yaml");
        }
        if ((parent != null && parent.toString().matches(".*[*?\\[{].*")) || text.contains("**")) {
            throw new IllegalArgumentException(
                    "'" + text + "': only the file's name may be a pattern, as in rules/*.yaml");
        }
        try {
            var _ = FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a pattern: " + e.getDescription(), e);
        }
        return text;
    }
}
