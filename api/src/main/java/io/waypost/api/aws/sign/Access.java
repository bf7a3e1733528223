package io.waypost.api.aws.sign;

import io.waypost.api.aws.Credentials;
import io.waypost.api.secret.Sealing;
import io.waypost.config.AccountSettings;
import io.waypost.config.SesSettings;
import io.waypost.message.Scope;
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
        return new SignatureVersion4(keys(accounts, settings, sealing, clock), ses.regions(), clock);
    }

    /** Who may submit by SMTP: whoever is believed by {@link #of}, too. */
    public static SmtpLogins logins(
            List<AccountSettings> accounts, SesSettings ses, Settings settings, Sealing sealing, Clock clock) {
        if (ses.anyCredentials()) {
            LOG.warn("ses.anyCredentials is on: whoever reaches a submission port may send mail");
            return new AnyLogins(
                    new Scope(accounts.getFirst().id(), ses.regions().getFirst()));
        }
        return new KeyLogins(keys(accounts, settings, sealing, clock), ses.regions());
    }

    /** All keys: those of the configuration, and those that were made at run time. */
    public static AccessKeys keys(List<AccountSettings> accounts, Settings settings, Sealing sealing, Clock clock) {
        return new ConfiguredKeys(accounts).or(stored(accounts, settings, sealing, clock));
    }

    /** The keys that were made at run time. */
    public static StoredKeys stored(List<AccountSettings> accounts, Settings settings, Sealing sealing, Clock clock) {
        return new StoredKeys(
                settings, sealing, accounts.stream().map(AccountSettings::id).toList(), clock);
    }
}
