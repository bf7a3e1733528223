package io.waypost.outbound;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EmailAddress;
import io.waypost.message.Outcome;
import io.waypost.message.StatusCode;
import io.waypost.message.dsn.FailedRecipient;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.pace.Pace;
import io.waypost.outbound.pace.Paces;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.port.DeliveryReport;
import io.waypost.outbound.port.DeliveryReport.Server;
import io.waypost.outbound.port.ReturnPaths;
import io.waypost.outbound.smtp.Delivery;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.PeerReply;
import io.waypost.outbound.transmit.Transmission;
import io.waypost.outbound.transmit.Transmitter;
import io.waypost.outbound.transmit.Trial;
import io.waypost.outbound.transmit.Way;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Delivers a mail to the recipient of its run, at the pace of its destination, and says what became of it. */
public final class DeliverHandler implements ActionHandler<DeliverAction> {

    private static final int MOST_UNTOLD = 64;
    private static final StatusCode LOOP = new StatusCode(5, 4, 6);

    private final OutboundSettings settings;
    private final Transmitter transmitter;
    private final Paces paces;
    private final ReturnPaths returnPaths;
    private final DeliveryStory story;
    private final DeliveryFigures figures;
    private final Clock clock;

    /**
     * @param transmitter makes the attempts
     * @param paces how fast, and to where
     * @param returnPaths what is said in MAIL
     * @param audience who hears of it
     * @param figures counts it
     */
    public DeliverHandler(
            OutboundSettings settings,
            Transmitter transmitter,
            Paces paces,
            ReturnPaths returnPaths,
            DeliveryAudience audience,
            DeliveryFigures figures,
            Clock clock) {
        this.settings = settings;
        this.transmitter = transmitter;
        this.paces = paces;
        this.returnPaths = returnPaths;
        this.story = new DeliveryStory(audience.notices(), audience.observer(), clock);
        this.figures = figures;
        this.clock = clock;
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

    /**
     * The lane is as wide as the widest, the pace of each destination is kept within; and there is room beside for mails that are
     * delivered and cannot be told yet. When that is used up nothing more is sent: what is sent and not recorded comes twice after a
     * crash.
     */
    @Override
    public int concurrency(DeliverAction action) {
        return paces.mostConnections() + MOST_UNTOLD;
    }

    @Override
    public Outcome perform(DeliverAction action, Effect effect) throws IOException, InterruptedException {
        EmailAddress recipient = effect.run().recipients().getFirst();
        Way way = action.routes().way(recipient.domain());
        String label = paces.isConfigured(recipient.domain().name()) ? "configured" : way.word();
        if (isOver(effect)) {
            return over(effect, "it was not tried again");
        }
        int hops = HeaderBlock.of(effect.content()).hops();
        if (hops > settings.hops()) {
            String reason = "the mail has passed " + hops + " servers, it goes round in circles";
            return story.refused(
                    effect, new DeliveryReport.Refused(LOOP, reason, Optional.empty(), Optional.empty()), reason);
        }
        Pace pace =
                paces.of(action.destination(effect.run()), recipient.domain().name());
        Optional<Pace.Pausing> pausing = pace.enter();
        if (pausing.isPresent()) {
            figures.attempted(label, Upshot.NOBODY, "held");
            String reason = "not tried, the last mail found: " + pausing.get().why();
            story.deferred(
                    effect, new DeliveryReport.Deferred(reason, Optional.empty(), Optional.empty(), Optional.empty()));
            return new Outcome.Retry(reason, Optional.of(pausing.get().left()));
        }
        Optional<Transmission> transmission = transmitted(pace, way, effect, recipient);
        if (transmission.isEmpty()) {
            return over(effect, "it was not tried again");
        }
        figures.attempted(label, Upshot.receiver(transmission.get()), Upshot.word(transmission.get()));
        // The connection is free again, and so is the mail's place: a telling that must wait holds up no other mail.
        return told(effect, transmission.get());
    }

    /** Nothing when the time of the mail ran out while it waited for its turn. */
    private Optional<Transmission> transmitted(Pace pace, Way way, Effect effect, EmailAddress recipient) {
        Pace.Result result = Pace.Result.NOTHING;
        String why = "";
        try {
            if (isOver(effect)) {
                return Optional.empty();
            }
            Transmission transmission = transmitter.transmit(way, delivery(effect, recipient), conditions(effect));
            result = Upshot.pace(transmission);
            why = Upshot.reason(transmission);
            return Optional.of(transmission);
        } finally {
            pace.leave(result, why);
        }
    }

    private Delivery delivery(Effect effect, EmailAddress recipient) {
        Delivery delivery = new Delivery(
                effect.mail().envelope(),
                returnPaths.of(effect.mail(), OutboundRules.run(effect.run())),
                FailedRecipient.recipient(effect.mail(), recipient),
                effect.content());
        return effect.mail().sending().isEmpty()
                ? delivery
                : delivery.withFieldsOnTop(address -> OutgoingField.of(clock.instant(), address));
    }

    private static Sending.Conditions conditions(Effect effect) {
        return effect.mail().sending().map(Sending::conditions).orElse(Sending.Conditions.NONE);
    }

    private Outcome told(Effect effect, Transmission transmission) throws IOException, InterruptedException {
        Optional<Trial> last = transmission.last();
        String about = last.map(trial -> " " + trial.manner()).orElse("") + transmission.others();
        return switch (transmission.result()) {
            case DeliveryResult.Delivered(String reply) -> {
                Trial trial = last.orElseThrow();
                yield story.delivered(effect, reply, server(trial), trial.exchange() + " said " + reply + about);
            }
            case DeliveryResult.Deferred deferred -> {
                String reason = Upshot.reason(transmission);
                story.deferred(
                        effect,
                        new DeliveryReport.Deferred(
                                reason,
                                deferred.reply().map(PeerReply::status),
                                deferred.reply().map(PeerReply::toString),
                                last.map(DeliverHandler::server)));
                boolean alone = Upshot.pace(transmission) == Pace.Result.PUT_OFF;
                yield isOver(effect)
                        ? over(effect, reason)
                        : new Outcome.Retry(reason + about, Optional.empty(), alone);
            }
            case DeliveryResult.Refused refused ->
                story.refused(
                        effect,
                        new DeliveryReport.Refused(
                                refused.status(), refused.reason(), refused.reply(), last.map(DeliverHandler::server)),
                        last.map(trial -> trial.exchange() + ": ").orElse("")
                                + refused.reason()
                                + refused.reply().map(reply -> ": " + reply).orElse("")
                                + about);
        };
    }

    private static Server server(Trial trial) {
        return new Server(
                trial.exchange().host(),
                trial.exchange().address().getHostAddress(),
                trial.attempt().localAddress());
    }

    /** A mail whose time runs out is told and given up then, not when its next attempt would have come. */
    @Override
    public Optional<Instant> end(DeliverAction action, Effect effect) {
        return conditions(effect).deliverBefore();
    }

    private boolean isOver(Effect effect) {
        Optional<Instant> end = conditions(effect).deliverBefore();
        return end.isPresent() && !clock.instant().isBefore(end.get());
    }

    // Only an application's mail has an end of its own, and an application can always be told.
    private Outcome over(Effect effect, String reason) throws IOException {
        return story.expired(effect, reason).orElseThrow();
    }

    /** The give-up window is over: whoever waits is told (4.4.7), and the effect is done; with a null reverse-path it dies. */
    @Override
    public Optional<Outcome> givingUp(DeliverAction action, Effect effect, String reason) throws IOException {
        return story.expired(effect, reason);
    }
}
