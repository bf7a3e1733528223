package io.waypost.outbound;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.StatusCode;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.header.HeaderBlock;
import io.waypost.outbound.smtp.Delivery;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Delivers a mail to the recipient of its run, and tells the sender when that is impossible.
 *
 * <p>A permanent failure that the sender was told of, or did not want to be told of, is Done: it was dealt with. With a null
 * reverse-path nobody can be told, so the effect is dead, its bytes kept for the operator to see. The notice is durable before the
 * outcome is recorded; a crash between the two tries the delivery again and finds the notice sent.
 */
public final class DeliverHandler implements ActionHandler<DeliverAction> {

    private static final StatusCode LOOP = new StatusCode(5, 4, 6);

    private final OutboundSettings settings;
    private final SmtpClient client;
    private final FailureNotices notices;
    private final ExpiryNotice expiryNotice;

    public DeliverHandler(OutboundSettings settings, SmtpClient client, FailureNotices notices) {
        this.settings = settings;
        this.client = client;
        this.notices = notices;
        this.expiryNotice = new ExpiryNotice(notices);
    }

    @Override
    public String type() {
        return DeliverAction.TYPE;
    }

    @Override
    public Class<DeliverAction> actionClass() {
        return DeliverAction.class;
    }

    /** Delivery is what the outbound line does; a rule sends mail on with {@code forward}. */
    @Override
    public Optional<DeliverAction> read(Node node, Problems problems) {
        problems.add(node.place(), "'deliver' is not an action for rule files; use 'forward' to send mail on");
        return Optional.empty();
    }

    @Override
    public int concurrency(DeliverAction action) {
        return settings.concurrency();
    }

    @Override
    public Outcome perform(DeliverAction action, Effect effect) throws IOException {
        EmailAddress recipient = effect.run().recipients().getFirst();
        int hops = HeaderBlock.of(effect.content()).hops();
        if (hops > settings.hops()) {
            String reason = "the mail has passed " + hops + " servers, it goes round in circles";
            return refused(effect, new DeliveryResult.Refused(LOOP, reason, Optional.empty()), Optional.empty());
        }
        Optional<HostAndPort> host = action.routes().find(recipient.domain());
        if (host.isEmpty()) {
            return Outcome.retry("no route for domain " + recipient.domain() + " and no relay is configured");
        }
        Delivery delivery = new Delivery(
                effect.mail().envelope(), FailedRecipient.recipient(effect.mail(), recipient), effect.content());
        return switch (client.deliver(host.get(), delivery)) {
            case DeliveryResult.Delivered delivered -> Outcome.done(host.get() + " said " + delivered.reply());
            case DeliveryResult.Deferred deferred -> Outcome.retry(host.get() + ": " + deferred.reason());
            case DeliveryResult.Refused refused -> refused(effect, refused, host);
        };
    }

    /**
     * The give-up window is over: the sender is told (4.4.7), and the effect is done; with a null reverse-path it dies.
     *
     * @return the outcome to record instead of death, if there is one
     */
    @Override
    public Optional<Outcome> givingUp(DeliverAction action, Effect effect, String reason) throws IOException {
        FailureNotices.Result told = expiryNotice.send(
                effect.mail(),
                effect.run(),
                effect.content(),
                reason,
                effect.key().toString());
        return told instanceof FailureNotices.Result.NullReversePath
                ? Optional.empty()
                : Optional.of(Outcome.done(ExpiryNotice.EXPIRED + " bounced: " + reason + "; " + told));
    }

    private Outcome refused(Effect effect, DeliveryResult.Refused refused, Optional<HostAndPort> host)
            throws IOException {
        EmailAddress recipient = effect.run().recipients().getFirst();
        FailedRecipient failed = new FailedRecipient(
                FailedRecipient.recipient(effect.mail(), recipient),
                refused.status(),
                refused.reason() + refused.reply().map(reply -> ": " + reply).orElse(""),
                host.filter(h -> refused.reply().isPresent()).map(HostAndPort::host),
                refused.reply());
        FailureNotices.Result told = notices.send(
                effect.mail(),
                effect.content(),
                List.of(failed),
                Optional.empty(),
                effect.key().toString());
        String detail = refused.status() + " bounced: " + failed.explanation() + "; " + told;
        return told instanceof FailureNotices.Result.NullReversePath ? Outcome.failed(detail) : Outcome.done(detail);
    }
}
