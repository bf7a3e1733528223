package io.waypost.rules;

import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Draft;
import java.io.IOException;
import java.time.Instant;

/**
 * What an action is handed: which effect this is, the mail, and its bytes as this action shall see them.
 *
 * @param key the effect's stable name
 * @param attempt counts from 1
 * @param now the beginning of the attempt
 * @param mail the accepted mail
 * @param run the matched rule and the recipients it matched
 * @param rule the rule
 * @param content the message with trace fields, and the fields that earlier actions added, on top
 * @param revisions where an action may leave a new content for those behind it in its rule
 */
public record Effect(
        EffectKey key,
        int attempt,
        Instant now,
        Mail mail,
        Plan.PlannedRun run,
        Rule rule,
        MessageContent content,
        Revisions revisions) {

    /** The rule's set. */
    public RuleSetVersion ruleSet() {
        return run.ruleSet(mail.plan().ruleSet());
    }

    /** The mail's verdicts, as this rule sees them. */
    public Verdicts verdicts() {
        return rule.view(mail.verdicts());
    }

    /** Takes the message that an action made of the one it was handed; the last draft handed in counts. */
    public interface Revisions {

        /** An empty draft to write the new message to. */
        Draft draft() throws IOException;

        /** Makes the draft what later actions of this rule see, stored in one commit with this effect's outcome. */
        void replaceWith(Draft draft);
    }
}
