package io.waypost.message;

/**
 * The stable name of one effect: one action of one rule for one mail. The same after a crash, a retry or a replay, so that
 * every destination can recognise a repeat: it is the webhook's id, the idempotency key, the notification's id.
 *
 * @param message the mail
 * @param ruleSet the rule set version of the mail's plan
 * @param rule the rule's name as the plan has it
 * @param action the action's index in its rule, from 0
 */
public record EffectKey(MessageId message, RuleSetVersion ruleSet, String rule, int action) {

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when the text is no effect key
     */
    public static EffectKey of(String text) {
        String[] part = text.split("/", -1);
        if (part.length != 4 || part[1].lastIndexOf('@') < 1) {
            throw new IllegalArgumentException("not an effect key (message/ruleSet@version/rule/action): " + text);
        }
        int at = part[1].lastIndexOf('@');
        try {
            return new EffectKey(
                    new MessageId(part[0]),
                    new RuleSetVersion(part[1].substring(0, at), Integer.parseInt(part[1].substring(at + 1))),
                    part[2],
                    Integer.parseInt(part[3]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an effect key: " + text, e);
        }
    }

    /** {@code message/ruleSet@version/rule/action}: printable ASCII, at most 300 characters, safe as a header value. */
    @Override
    public String toString() {
        return message + "/" + ruleSet + "/" + rule + "/" + action;
    }
}
