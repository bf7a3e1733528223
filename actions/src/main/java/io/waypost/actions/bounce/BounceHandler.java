package io.waypost.actions.bounce;

import io.waypost.actions.ActionNotices;
import io.waypost.actions.fields.AddressField;
import io.waypost.actions.fields.ReplyFields;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and carries out {@code bounce}: what is left to do when the session is over and could no longer be told. */
public final class BounceHandler implements ActionHandler<BounceAction> {

    private final FailureNotices failures;
    private final ActionNotices notices;

    /**
     * @param failures tells senders
     * @param notices tells topics
     */
    public BounceHandler(FailureNotices failures, ActionNotices notices) {
        this.failures = failures;
        this.notices = notices;
    }

    @Override
    public String type() {
        return BounceAction.TYPE;
    }

    @Override
    public Class<BounceAction> actionClass() {
        return BounceAction.class;
    }

    @Override
    public Optional<BounceAction> read(Node node, Problems problems) {
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        Optional<Reply> reply = ReplyFields.read(fields, ReplyFields.USUAL);
        Optional<EmailAddress> sender = fields.value("sender", AddressField::of);
        Optional<String> topic = notices.topics().optional(fields, "topic");
        fields.finish();
        return problems.all().size() > before ? Optional.empty() : reply.map(r -> new BounceAction(r, sender, topic));
    }

    /**
     * Done as soon as the notice is durable, or as it is clear that nobody may be told; with a topic, once that has taken its
     * notification as well.
     */
    @Override
    public Outcome perform(BounceAction action, Effect effect) throws Exception {
        FailureNotices.Result told = failures.refused(
                effect.mail(),
                effect.content(),
                effect.run().recipients(),
                action.reply(),
                action.sender(),
                effect.key().toString());
        Outcome.Done done =
                new Outcome.Done(Disposition.CONTINUE, action.reply().status() + " bounced; " + told);
        return notices.after(done, action.topic(), notice(action), effect);
    }

    /** As SES tells it (SES contract 3.1). */
    private Map<String, String> notice(BounceAction action) {
        Map<String, String> notice = new LinkedHashMap<>();
        notice.put("type", "Bounce");
        notice.put("smtpReplyCode", Integer.toString(action.reply().code()));
        notice.put("statusCode", action.reply().status().toString());
        notice.put("message", action.reply().text());
        notice.put("sender", action.sender().orElseGet(failures::author).toString());
        return notice;
    }
}
