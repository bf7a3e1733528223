package io.waypost.config.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${NAME}} (an environment variable) and {@code ${file:PATH}} (a file's text, without the line end at its end) stand
 * for. Values that came this way are secret: they are never shown.
 *
 * @param environment variables by name
 * @param folder where relative paths begin
 */
public record Substitution(Map<String, String> environment, Path folder) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    /** Leaves every text as it is. */
    public static final Substitution NONE = new Substitution(Map.of(), Path.of(""));

    Node.Scalar scalar(Place place, String text, boolean plain, Problems problems) {
        if (this == NONE || text.indexOf("${") < 0) {
            return new Node.Scalar(place, text, plain, false);
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = value(place, matcher.group(1), problems);
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
        }
        return new Node.Scalar(place, matcher.appendTail(out).toString(), plain, true);
    }

    private @Nullable String value(Place place, String name, Problems problems) {
        if (name.startsWith("file:")) {
            Path path = folder.resolve(name.substring("file:".length()));
            try {
                return Files.readString(path).stripTrailing();
            } catch (IOException e) {
                problems.add(
                        place,
                        "${" + name + "}: the file cannot be read: "
                                + e.getClass().getSimpleName());
                return null;
            }
        }
        String value = environment.get(name);
        if (value == null) {
            problems.add(
                    place,
                    "${" + name + "}: there is no environment variable of that name"
                            + Nearest.hint(
                                    name,
                                    environment.keySet().stream()
                                            .filter(key -> Nearest.distance(key, name) <= 2)
                                            .toList()));
        }
        return value;
    }
}
