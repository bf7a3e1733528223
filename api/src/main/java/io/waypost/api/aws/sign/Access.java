package io.waypost.api.aws.sign;

import io.waypost.api.aws.Credentials;
import io.waypost.api.secret.Sealing;
import io.waypost.config.AccountSettings;
import io.waypost.config.SesSettings;
import io.waypost.message.port.Settings;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides at start-up who is believed, by the configuration. */
public final class Access {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private Access() {}

    /**
     * Who is believed; with {@code ses.anyCredentials} everybody, which the log is told.
     *
     * @param accounts at least one
     */
    public static Credentials of(
            List<AccountSettings> accounts, SesSettings ses, Settings settings, Sealing sealing, Clock clock) {
        if (ses.anyCredentials()) {
            LOG.warn("ses.anyCredentials is on: whoever reaches the HTTP port may do everything in every account");
            return new AnyCredentials(accounts.getFirst().id(), ses.regions());
        }
        AccessKeys keys = new ConfiguredKeys(accounts).or(stored(accounts, settings, sealing, clock));
        return new SignatureVersion4(keys, ses.regions(), clock);
    }

    /** The keys that were made at run time. */
    public static StoredKeys stored(List<AccountSettings> accounts, Settings settings, Sealing sealing, Clock clock) {
        return new StoredKeys(
                settings, sealing, accounts.stream().map(AccountSettings::id).toList(), clock);
    }
}
