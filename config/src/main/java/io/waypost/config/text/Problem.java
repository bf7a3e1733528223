package io.waypost.config.text;

/**
 * One fault of a text: where, what, and what to do about it.
 *
 * @param place file and line
 * @param fault what is wrong and, behind a semicolon, the remedy or the nearest right word
 */
public record Problem(Place place, String fault) {

    /** {@code file:line: fault}, the line a user sees. */
    @Override
    public String toString() {
        return place + ": " + fault;
    }
}
