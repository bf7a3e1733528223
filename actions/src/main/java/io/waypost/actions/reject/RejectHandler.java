package io.waypost.actions.reject;

import io.waypost.actions.fields.ReplyFields;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads and carries out {@code reject}. It is carried out only where the session could not refuse: some recipients of the mail were
 * accepted, or the rule was decided behind the 250.
 */
public final class RejectHandler implements ActionHandler<RejectAction> {

    // A refusal by rule is one by policy (RFC 3463 3.8) where nothing else is written.
    private static final List<Reply> USUAL = Stream.concat(
                    Stream.of(Reply.of(550, "5.7.1", "Message refused")), ReplyFields.USUAL.stream())
            .toList();

    private final FailureNotices notices;

    public RejectHandler(FailureNotices notices) {
        this.notices = notices;
    }

    @Override
    public String type() {
        return RejectAction.TYPE;
    }

    @Override
    public Class<RejectAction> actionClass() {
        return RejectAction.class;
    }

    @Override
    public Optional<RejectAction> read(Node node, Problems problems) {
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        Optional<Reply> reply = ReplyFields.read(fields, USUAL);
        fields.finish();
        return problems.all().size() > before ? Optional.empty() : reply.map(RejectAction::new);
    }

    /** Done as soon as the notice is durable, or as it is clear that nobody may be told. */
    @Override
    public Outcome perform(RejectAction action, Effect effect) throws IOException {
        FailureNotices.Result told = notices.refused(
                effect.mail(),
                effect.content(),
                effect.run().recipients(),
                action.reply(),
                Optional.empty(),
                effect.key().toString());
        return Outcome.done(action.reply().status() + " rejected; " + told);
    }
}
