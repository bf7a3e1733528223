package io.waypost.config;

/**
 * A text that must never be shown: a key, a password. Its {@code toString} says nothing.
 *
 * @param reveal the text, for the one place that needs it
 */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
