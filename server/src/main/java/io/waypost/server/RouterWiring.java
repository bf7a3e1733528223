package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.message.port.MailLog;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.RuleSets;
import io.waypost.rules.run.ActionRegistry;
import io.waypost.rules.run.RetrySchedule;
import io.waypost.rules.run.Router;
import io.waypost.rules.run.RouterSettings;
import io.waypost.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;

/** The one router of all lines. */
final class RouterWiring {

    /** How late a run may be taken up when nobody rings. */
    private static final Duration POLL = Duration.ofMillis(500);

    /** Between two tries to record what was done, while the store takes nothing. */
    private static final Duration RECORD_PAUSE = Duration.ofMillis(500);

    private RouterWiring() {}

    static Router router(
            WaypostConfig config,
            RuleSets ruleSets,
            ActionHandlers handlers,
            EmbeddedStore store,
            MailLog mailLog,
            CamelContext camel,
            Clock clock,
            RandomGenerator random)
            throws Exception {
        RetrySchedule schedule = new RetrySchedule(
                config.retry().first(),
                config.retry().factor(),
                config.retry().max(),
                config.retry().giveUpAfter());
        return new Router(
                new RouterSettings(schedule, config.work().inHand(), POLL, RECORD_PAUSE),
                ruleSets,
                new ActionRegistry(handlers),
                store.spool(),
                store.ledger(),
                mailLog,
                camel,
                clock,
                random);
    }
}
