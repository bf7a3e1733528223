package io.waypost.server;

import static org.awaitility.Awaitility.await;

import io.waypost.config.ConfigLoader;
import io.waypost.config.ConfigResult;
import io.waypost.message.port.Ledger;
import io.waypost.server.support.Setup;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The whole server within the test's process, and its ledger as the command line sees it. */
final class InProcess {

    private InProcess() {}

    static Server start(Setup setup) throws StartException {
        return start(setup, OutsideWorld.REAL);
    }

    static Server start(Setup setup, OutsideWorld world) throws StartException {
        ConfigResult read = ConfigLoader.load(setup.config(), Map.of());
        return Server.start(
                read.config()
                        .orElseThrow(() -> new StartException(read.problems().toString())),
                Clock.systemUTC(),
                world);
    }

    /** Waits until nothing is open any more, so that what was not done will not be done. */
    static void awaitSettled(Setup setup) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> figures(setup).unsettled() == 0);
    }

    static Ledger.Figures figures(Setup setup) throws IOException {
        try (BesideStore store = EmbeddedStore.openBeside(setup.data())) {
            return store.ledger().figures(Instant.now());
        }
    }
}
