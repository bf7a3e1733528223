package io.waypost.api.aws.protocol;

/** Names as AWS' words have them. */
final class Names {

    private Names() {}

    /** A member's name with its first letter in lower case: {@code ruleSetName}. */
    static String inWords(String member) {
        return member.isEmpty() ? member : Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }
}
