package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policies among the settings: one text each, the id and the time on its first line. */
public final class SettingsShelf implements PolicyShelf {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsShelf.class);
    private static final String KIND = "mta-sts-policy";

    private final Settings settings;
    private final Scope scope;

    /** @param scope of no account's: policies are the server's */
    public SettingsShelf(Settings settings, Scope scope) {
        this.settings = settings;
        this.scope = scope;
    }

    @Override
    public Map<Domain, KeptPolicy> all(Instant now) {
        Map<Domain, KeptPolicy> found = new HashMap<>();
        List<Settings.Change> over = new ArrayList<>();
        try {
            for (Settings.Setting setting : settings.list(scope, KIND)) {
                Optional<KeptPolicy> policy = read(setting.text()).filter(kept -> !kept.isOver(now));
                policy.ifPresentOrElse(
                        kept -> found.put(new Domain(setting.key().name()), kept),
                        () -> over.add(new Settings.Change.Remove(setting.key())));
            }
            if (!over.isEmpty()) {
                settings.apply(over, now);
            }
        } catch (IOException e) {
            LOG.warn("the kept MTA-STS policies cannot be read: {}", e.toString());
        }
        return found;
    }

    private static Optional<KeptPolicy> read(String text) {
        String[] parts = text.split("\n", 2);
        String[] head = parts[0].split(" ", 2);
        if (parts.length < 2 || head.length < 2) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.parse(head[1]);
            return StsPolicy.read(parts[1]).map(policy -> new KeptPolicy(head[0], at, parts[1], policy));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(Domain domain, KeptPolicy policy) {
        String text = policy.id() + " " + policy.fetchedAt() + "\n" + policy.text();
        try {
            settings.apply(List.of(new Settings.Change.Put(key(domain), text)), policy.fetchedAt());
        } catch (IOException e) {
            LOG.warn("the MTA-STS policy of {} is not kept: {}", domain, e.toString());
        }
    }

    private Settings.Key key(Domain domain) {
        return new Settings.Key(scope, KIND, domain.name());
    }
}
