package io.waypost.config;

import java.util.List;

/**
 * A block list in DNS (RFC 5782).
 *
 * @param zone asked below this name; may hold the operator's key, so only the resolver sees it
 * @param name what senders, logs and rules are told instead; the zone where the operator gave none
 * @param answers the addresses that mean "listed"
 * @param action what becomes of a listed client
 */
public record DnsblSettings(String zone, String name, List<AnswerRange> answers, Action action) {

    public DnsblSettings {
        answers = List.copyOf(answers);
    }

    /** What becomes of a listed client. */
    public enum Action {
        /** Its recipients are refused. */
        REFUSE,
        /** The listing is noted for the rules. */
        MARK
    }

    /** Without the zone, which may be a secret. */
    @Override
    public String toString() {
        return name + " " + answers + " " + action;
    }
}
