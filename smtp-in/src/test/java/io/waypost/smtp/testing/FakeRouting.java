package io.waypost.smtp.testing;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Spool;
import io.waypost.smtp.Routing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes everybody at example.com whose name does not begin with "no", and decides as it is told. */
public class FakeRouting implements Routing {

    public static final Plan EMPTY_PLAN = new Plan(new RuleSetVersion("test", 1), List.of(), Map.of());

    public final List<Spool.Committed> accepted = new CopyOnWriteArrayList<>();
    public volatile Decision decision = new Decision.Accept(EMPTY_PLAN);
    public volatile @Nullable RuntimeException onDecide;
    public volatile @Nullable RuntimeException onAccepted;
    public volatile @Nullable RuntimeException onRefusal;

    @Override
    public Optional<Reply> refusal(ReversePath from, EmailAddress to, Client client) {
        if (onRefusal != null) {
            throw onRefusal;
        }
        if (!to.domain().name().equals("example.com") && !to.domain().name().equals("[127.0.0.1]")) {
            return Optional.of(Reply.of(550, "5.7.1", "Not our domain"));
        }
        if (to.localPart().startsWith("no")) {
            return Optional.of(Reply.of(550, "5.1.1", "Unknown recipient"));
        }
        return Optional.empty();
    }

    @Override
    public boolean wantsScan(Envelope envelope) {
        return true;
    }

    @Override
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) {
        if (onDecide != null) {
            throw onDecide;
        }
        return decision;
    }

    @Override
    public void accepted(Spool.Committed committed) {
        accepted.add(committed);
        if (onAccepted != null) {
            throw onAccepted;
        }
    }
}
