package io.waypost.message;

/**
 * One published text of one rule set. A mail is routed by the version that was active when it was accepted, whatever is
 * saved afterwards.
 *
 * @param name the rule set's name ({@code [A-Za-z0-9_.-]}, at most 64 characters, as SES has it)
 * @param version counts from 1 with each published text
 */
public record RuleSetVersion(String name, int version) {

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static RuleSetVersion of(String text) {
        int at = text.lastIndexOf('@');
        try {
            return new RuleSetVersion(text.substring(0, Math.max(at, 0)), Integer.parseInt(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a rule set version (name@version): " + text, e);
        }
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
