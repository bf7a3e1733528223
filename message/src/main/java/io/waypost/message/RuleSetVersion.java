package io.waypost.message;

/**
 * One published text of one rule set. A mail is routed by the version that was active when it was accepted, whatever is
 * saved afterwards.
 *
 * @param name the rule set's name ({@code [A-Za-z0-9_.-]}, at most 64 characters, as SES has it)
 * @param version counts from 1 with each published text
 */
public record RuleSetVersion(String name, int version) {

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
