package io.waypost.actions.fields;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Nearest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a rule may name of one section of the server's file.
 *
 * @param noun what is named: {@code webhook}
 * @param given the names there are
 * @param judged whether there are no others; otherwise the section could not be read, and every name is taken
 * @param elsewhere whether a name means something outside of the server's file, where it may come and go: such a name is taken
 */
public record Names(String noun, Set<String> given, boolean judged, Predicate<String> elsewhere) {

    public Names {
        given = Set.copyOf(given);
    }

    /** Names that mean nothing outside of the server's file. */
    public Names(String noun, Set<String> given, boolean judged) {
        this(noun, given, judged, name -> false);
    }

    /** The same names, and others that stand for something outside of the server's file. */
    public Names or(Predicate<String> others) {
        return new Names(noun, given, judged, others);
    }

    /** The names there are, and no others. */
    public static Names of(String noun, Set<String> given) {
        return new Names(noun, given, true);
    }

    /** Reads a name that must be there; nothing when it is not, or is none of these, which is then reported. */
    public Optional<String> required(Fields fields, String key) {
        return fields.required(key).isEmpty() ? Optional.empty() : optional(fields, key);
    }

    /** Reads a name that may be missing; nothing also when it is none of these, which is then reported. */
    public Optional<String> optional(Fields fields, String key) {
        return fields.value(key, this::known);
    }

    private String known(String name) {
        if (judged && !given.contains(name) && !elsewhere.test(name)) {
            throw new IllegalArgumentException(
                    "there is no " + noun + " '" + name + "' in the server's file" + Nearest.hint(name, given));
        }
        return name;
    }
}
