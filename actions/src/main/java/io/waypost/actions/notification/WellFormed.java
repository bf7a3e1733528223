package io.waypost.actions.notification;

import java.nio.charset.StandardCharsets;

/** Text that has a UTF-8 form. */
final class WellFormed {

    private WellFormed() {}

    /** The same text, its lone surrogates replaced: they have no UTF-8, and the JSON writer would refuse them. */
    static String of(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }
}
