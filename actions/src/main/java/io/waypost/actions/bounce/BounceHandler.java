package io.waypost.actions.bounce;

import io.waypost.actions.fields.AddressField;
import io.waypost.actions.fields.ReplyFields;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads and carries out {@code bounce}: what is left to do when the session is over and could no longer be told. */
public final class BounceHandler implements ActionHandler<BounceAction> {

    private final FailureNotices notices;

    public BounceHandler(FailureNotices notices) {
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
        fields.finish();
        return problems.all().size() > before ? Optional.empty() : reply.map(r -> new BounceAction(r, sender));
    }

    /** Done as soon as the notice is durable, or as it is clear that nobody may be told. */
    @Override
    public Outcome perform(BounceAction action, Effect effect) throws IOException {
        List<FailedRecipient> failed = effect.run().recipients().stream()
                .map(address -> FailedRecipient.refused(effect.mail(), address, action.reply()))
                .toList();
        FailureNotices.Result told = notices.send(
                effect.mail(),
                effect.content(),
                failed,
                action.sender(),
                effect.key().toString());
        return Outcome.done(action.reply().status() + " bounced; " + told);
    }
}
