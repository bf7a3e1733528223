package io.waypost.api.sending.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.config.SesSettings;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import io.waypost.outbound.port.SendingAccounts;
import io.waypost.outbound.port.Suppressed;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * All accounts, in memory for look-ups and in the store for good. Safe for all threads: look-ups never wait, changes are made one after
 * the other.
 */
public final class Accounts implements SendingAccounts {

    /** The kind of its settings. */
    public static final String KIND = "account-sending";

    /** The name of its one setting in each scope. */
    public static final String NAME = "account";

    // Contract 4.8.
    private static final SesSettings.Quota SANDBOX = new SesSettings.Quota(200, 1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final SesSettings ses;
    private final Clock clock;
    private final Map<Scope, Account> all = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * Reads all of them.
     *
     * @throws IOException when the store cannot be read, or what is in it
     */
    public Accounts(Settings settings, SesSettings ses, Clock clock) throws IOException {
        this.settings = settings;
        this.ses = ses;
        this.clock = clock;
        for (Setting setting : settings.list(KIND)) {
            try {
                all.put(setting.key().scope(), JSON.readValue(setting.text(), Account.class));
            } catch (JsonProcessingException e) {
                throw new IOException("the account " + setting.key() + " cannot be read", e);
            }
        }
    }

    @Override
    public Allowance of(Scope scope) {
        Account account = find(scope);
        boolean sandbox = isInSandbox(account);
        SesSettings.Quota quota = sandbox ? SANDBOX : ses.quota();
        return new Allowance(account.sendingEnabled(), sandbox, quota.perDay(), quota.perSecond());
    }

    /** For which reasons its listed addresses are left out, and new ones listed. */
    public Set<Suppressed> suppressedReasons(Scope scope) {
        Set<Suppressed> reasons = EnumSet.noneOf(Suppressed.class);
        find(scope).suppressedReasons().forEach(word -> reasons.add(Suppressed.valueOf(word)));
        return reasons;
    }

    Account find(Scope scope) {
        return all.getOrDefault(scope, Account.FRESH);
    }

    boolean isInSandbox(Account account) {
        return ses.sandbox() && !account.isInProduction();
    }

    /** Durable when it returns. */
    void change(Scope scope, UnaryOperator<Account> edit) throws IOException {
        changing.lock();
        try {
            Account changed = edit.apply(find(scope));
            settings.apply(
                    List.of(new Change.Put(new Key(scope, KIND, NAME), JSON.writeValueAsString(changed))),
                    clock.instant());
            all.put(scope, changed);
        } finally {
            changing.unlock();
        }
    }
}
