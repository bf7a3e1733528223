package io.waypost.api.template.language;

import java.util.Arrays;
import java.util.List;

/**
 * What stands between braces.
 *
 * @param sign {@code #}, {@code /}, {@code ^}, {@code >}, {@code *} for {@code #*}, or a blank for none
 * @param words what follows the sign
 * @param written for messages
 */
record Tag(char sign, List<String> words, String written) {

    Tag {
        words = List.copyOf(words);
    }

    static Tag of(String inside, String written) {
        String text = inside.strip();
        char sign = text.isEmpty() ? ' ' : text.charAt(0);
        if ("#/^>&".indexOf(sign) < 0) {
            return new Tag(' ', split(text), written);
        }
        String rest = text.substring(1).strip();
        if (sign == '#' && rest.startsWith("*")) {
            return new Tag('*', split(rest.substring(1).strip()), written);
        }
        return new Tag(sign == '&' ? ' ' : sign, split(rest), written);
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+"));
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    boolean isElse() {
        return sign == ' ' && word(0).equals("else") || sign == '^' && words.isEmpty();
    }
}
