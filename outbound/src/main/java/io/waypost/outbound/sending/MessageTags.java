package io.waypost.outbound.sending;

import io.waypost.message.sending.SendRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** The tags of a message: {@code a=b, c=d} in a header field, pairs through the APIs. */
final class MessageTags {

    private static final int LONGEST = 255;
    private static final int MOST = 50;

    private MessageTags() {}

    /** Those of the field, and the caller's own over them. */
    static Map<String, String> joined(String field, Map<String, String> callers) throws SendRefusedException {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : field.isBlank() ? new String[0] : field.split(",", MOST + 2)) {
            int equals = pair.indexOf('=');
            put(
                    tags,
                    (equals < 0 ? pair : pair.substring(0, equals)).strip(),
                    equals < 0 ? "" : pair.substring(equals + 1).strip());
        }
        for (Map.Entry<String, String> tag : callers.entrySet()) {
            put(tags, tag.getKey(), tag.getValue());
        }
        if (tags.size() > MOST) {
            throw Refusals.parameter("A message can have at most " + MOST + " tags.");
        }
        return tags;
    }

    private static void put(Map<String, String> tags, String name, String value) throws SendRefusedException {
        check("tag name", name, c -> isNameCharacter(c), "alphanumeric ASCII characters, '_',  '-'");
        check(
                "tag value",
                value,
                c -> isNameCharacter(c) || c == '.' || c == '@',
                "alphanumeric ASCII characters, '_',  '-', '.', '@'");
        tags.put(name, value);
    }

    private static void check(String what, String text, IntPredicate allowed, String names)
            throws SendRefusedException {
        if (text.isEmpty()) {
            throw Refusals.parameter("The " + what + " must be specified.");
        }
        if (text.length() > LONGEST) {
            throw Refusals.parameter(Character.toUpperCase(what.charAt(0)) + what.substring(1) + " cannot exceed "
                    + LONGEST + " characters.");
        }
        if (!text.chars().allMatch(allowed)) {
            throw Refusals.parameter(
                    "Invalid " + what + " <" + Refusals.shown(text) + ">: only " + names + " are allowed.");
        }
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }
}
