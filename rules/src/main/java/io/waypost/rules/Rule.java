package io.waypost.rules;

import io.waypost.message.Verdicts;
import io.waypost.rules.match.Condition;
import io.waypost.rules.match.RecipientPattern;
import java.util.List;

/**
 * One receipt rule (SES ReceiptRule, with conditions of our own).
 *
 * @param name unique in its set
 * @param enabled a disabled rule neither matches nor accepts
 * @param recipients patterns in SES' sense; empty takes every address of our domains
 * @param tls whether it takes mail that came in clear
 * @param scan whether its mail is to be scanned for spam and viruses (SES ScanEnabled); otherwise it sees both as DISABLED
 * @param when must hold
 * @param unless must not hold
 * @param actions in order
 */
public record Rule(
        String name,
        boolean enabled,
        List<RecipientPattern> recipients,
        TlsPolicy tls,
        boolean scan,
        Condition when,
        Condition unless,
        List<Action> actions) {
    public Rule {
        recipients = List.copyOf(recipients);
        actions = List.copyOf(actions);
    }

    /** A rule that has its mail scanned, as rules do that do not say otherwise. */
    public Rule(
            String name,
            boolean enabled,
            List<RecipientPattern> recipients,
            TlsPolicy tls,
            Condition when,
            Condition unless,
            List<Action> actions) {
        this(name, enabled, recipients, tls, true, when, unless, actions);
    }

    /** What of a mail's verdicts this rule, its conditions and its actions see. */
    public Verdicts view(Verdicts verdicts) {
        return scan ? verdicts : verdicts.withoutScan();
    }
}
