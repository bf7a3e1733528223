package io.waypost.rules.file;

import io.waypost.config.RulePatterns;
import io.waypost.config.text.Place;
import io.waypost.config.text.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that the configuration names ({@code rules/*.yaml}), with their texts. Used by one thread at a time.
 */
final class RuleFolder {

    private static final long MAX_FILE_BYTES = 16L * 1024 * 1024;

    private final RulePatterns patterns;
    private final Map<Path, Known> known = new HashMap<>();

    /** A file's text, and what its metadata were when it was read. */
    private record Known(
            FileTime modified, long size, @Nullable Object fileKey, String text) {}

    /** @param patterns which files; wildcards in the last part of a path only */
    RuleFolder(RulePatterns patterns) {
        this.patterns = patterns;
    }

    Set<Path> folders() {
        return patterns.folders();
    }

    String description() {
        return String.join(", ", patterns.patterns());
    }

    /**
     * The texts of all files, by the name messages use for them (relative to the base where possible).
     *
     * @param everything read files again whose time and size are as before
     * @param problems takes every file that cannot be read
     */
    SortedMap<String, String> texts(boolean everything, Problems problems) {
        SortedMap<String, String> texts = new TreeMap<>();
        Map<Path, Known> seen = new HashMap<>();
        try {
            for (Path file : patterns.files()) {
                look(file, everything, problems).ifPresent(found -> {
                    seen.put(file, found);
                    texts.put(label(file), found.text);
                });
            }
        } catch (IOException e) {
            problems.add(new Place(description(), 1), "the folder cannot be read: " + e);
        }
        known.clear();
        known.putAll(seen);
        return texts;
    }

    private Optional<Known> look(Path file, boolean everything, Problems problems) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.isRegularFile()) {
                return Optional.empty();
            }
            if (now.size() > MAX_FILE_BYTES) {
                problems.add(new Place(label(file), 1), "a rule set's file has at most 16 MB");
                return Optional.empty();
            }
            Known before = known.get(file);
            if (!everything
                    && before != null
                    && before.modified.equals(now.lastModifiedTime())
                    && before.size == now.size()
                    && Objects.equals(before.fileKey, now.fileKey())) {
                return Optional.of(before);
            }
            return Optional.of(new Known(now.lastModifiedTime(), now.size(), now.fileKey(), Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // Gone since the folder was listed: the next look tells.
        } catch (IOException e) {
            problems.add(new Place(label(file), 1), "cannot be read: " + e);
            return Optional.empty();
        }
    }

    private String label(Path path) {
        return path.startsWith(patterns.folder())
                ? patterns.folder().relativize(path).toString()
                : path.toString();
    }
}
