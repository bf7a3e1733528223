package io.waypost.server;

import io.waypost.api.pool.OwnAddress;
import io.waypost.api.pool.PoolBook;
import io.waypost.config.OutboundSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Settings;
import io.waypost.outbound.source.WarmUp;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pools of source addresses, as the APIs show and change them. */
final class PoolWiring {

    private PoolWiring() {}

    /** @param owner the account that may change the server's addresses */
    static PoolBook of(WaypostConfig config, Settings settings, String owner, Clock clock) throws IOException {
        List<OwnAddress> own = new ArrayList<>();
        config.outbound().pools().forEach((pool, sources) -> sources.forEach(source -> own.add(own(pool, source))));
        return PoolBook.load(settings, config.outbound().pools().keySet(), own, owner, clock);
    }

    private static OwnAddress own(String pool, OutboundSettings.Source source) {
        int days = source.warmUp()
                .map(OutboundSettings.WarmUp::recipients)
                .filter(recipients -> !recipients.isEmpty())
                .orElse(WarmUp.STANDARD)
                .size();
        Optional<OutboundSettings.WarmUp> warmUp = source.warmUp();
        return new OwnAddress(source.address(), pool, warmUp.map(OutboundSettings.WarmUp::from), days);
    }
}
