package io.waypost.outbound.smtp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer announced behind EHLO (RFC 5321 4.1.1.1).
 *
 * @param keywords keyword in upper case to its parameters
 */
record Capabilities(Map<String, String> keywords) {

    /** A peer that only knows HELO. */
    static final Capabilities NONE = new Capabilities(Map.of());

    /** The first line is the greeting, each other one a keyword with its parameters. */
    static Capabilities of(PeerReply ehlo) {
        Map<String, String> keywords = new HashMap<>();
        List<String> lines = ehlo.lines();
        for (String line : lines.subList(1, lines.size())) {
            String[] word = line.strip().split(" ", 2);
            keywords.put(word[0].toUpperCase(Locale.ROOT), word.length == 2 ? word[1].strip() : "");
        }
        return new Capabilities(Map.copyOf(keywords));
    }

    boolean has(String keyword) {
        return keywords.containsKey(keyword);
    }

    /** The largest message the peer takes (RFC 1870); nothing when it did not say, or said 0. */
    Optional<Long> largestMessage() {
        String text = keywords.getOrDefault("SIZE", "");
        // 18 digits fit a long.
        return text.matches("\\d{1,18}") && Long.parseLong(text) > 0
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }
}
