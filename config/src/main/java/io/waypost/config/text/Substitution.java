package io.waypost.config.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${NAME}} (an environment variable) and {@code ${file:PATH}} (a file's text, without the line end at its end) stand
 * for. Values that came this way are secret: they are never shown. A doubled dollar sign before the brace writes the reference itself.
 *
 * @param environment variables by name
 * @param folder where relative paths begin
 */
public record Substitution(Map<String, String> environment, Path folder) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final int LARGEST_FILE = 64 * 1024;

    /** Leaves every text as it is. */
    public static final Substitution NONE = new Substitution(Map.of(), Path.of(""));

    /** Shows no variable's value. */
    @Override
    public String toString() {
        return "Substitution[" + environment.size() + " variables, folder=" + folder + "]";
    }

    Node.Scalar scalar(Place place, String text, boolean plain, Problems problems) {
        if (equals(NONE) || text.indexOf("${") < 0) {
            return new Node.Scalar(place, text, plain, false);
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        boolean secret = false;
        boolean missing = false;
        while (matcher.find()) {
            String value = "${";
            if (matcher.group(1) != null) {
                secret = true;
                value = value(place, matcher.group(1), !matcher.group(2).isEmpty(), problems);
            }
            if (value == null) {
                missing = true;
                continue;
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        if (missing) {
            // Counts as not given: its fault is told already.
            return new Node.Scalar(place, "", true, true);
        }
        String result = matcher.appendTail(out).toString();
        // A variable whose text happens to be "null" is a text; an empty one counts as not given.
        return new Node.Scalar(place, result, plain && result.isEmpty(), secret);
    }

    private @Nullable String value(Place place, String name, boolean closed, Problems problems) {
        if (!closed) {
            problems.add(place, "'${' without its '}'; a text that shall hold '${' writes it as '$${'");
            return null;
        }
        if (name.startsWith("file:")) {
            return fileText(place, name.substring("file:".length()), problems);
        }
        String value = environment.get(name);
        if (value == null) {
            problems.add(place, "${" + name + "}: there is no environment variable of that name" + hint(name));
            return null;
        }
        return value;
    }

    private String hint(String name) {
        var near = environment.keySet().stream()
                .filter(key -> key.length() < 64 && name.length() < 64 && Nearest.distance(key, name) <= 2)
                .toList();
        return near.isEmpty() ? "" : Nearest.hint(name, near);
    }

    private @Nullable String fileText(Place place, String path, Problems problems) {
        String fault;
        try (InputStream in = open(folder.resolve(path))) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length <= LARGEST_FILE) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString()
                        .replaceFirst("\\r?\\n\\z", "");
            }
            fault = "the file is larger than " + LARGEST_FILE / 1024 + " KiB";
        } catch (CharacterCodingException e) {
            fault = "the file is not UTF-8 text";
        } catch (InvalidPathException e) {
            fault = "this is no path";
        } catch (IOException e) {
            fault = "the file cannot be read: " + e.getClass().getSimpleName();
        }
        problems.add(place, "${file:" + path + "}: " + fault);
        return null;
    }

    // A pipe or a device could block the start for ever.
    private static InputStream open(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("not a regular file");
        }
        return Files.newInputStream(path);
    }
}
