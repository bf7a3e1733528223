package io.waypost.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the rule sets are.
 *
 * @param folder where relative patterns begin: the folder of the server's file
 * @param patterns paths whose last part may hold {@code *}, {@code ?} and {@code {a,b}}
 */
public record RulePatterns(Path folder, List<String> patterns) {

    public RulePatterns {
        patterns = List.copyOf(patterns);
    }

    /** The files there are now, sorted, each once. Hidden files are left out: editors keep unfinished texts in them. */
    public List<Path> files() throws IOException {
        Set<Path> files = new TreeSet<>();
        for (String pattern : patterns) {
            files.addAll(matching(pattern));
        }
        return List.copyOf(files);
    }

    /** The folders whose changes can change {@link #files()}. */
    public Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        patterns.forEach(pattern -> folders.add(parent(folder.resolve(pattern))));
        return folders;
    }

    List<Path> matching(String pattern) throws IOException {
        Path path = folder.resolve(pattern);
        Set<Path> files = new TreeSet<>();
        String name = String.valueOf(path.getFileName());
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent(path), name)) {
            for (Path file : stream) {
                boolean hidden = String.valueOf(file.getFileName()).startsWith(".");
                if (!hidden && Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(files);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
