package io.waypost.api.suppression;

import io.waypost.api.kept.RecordText;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import io.waypost.message.sending.SesMessageId;
import io.waypost.outbound.port.Suppressed;
import io.waypost.outbound.port.SuppressionList;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The list in the store, asked by key each time: it may have a million addresses. Safe for all threads. */
public final class SuppressionStore implements SuppressionList {

    /** The kind of its settings. */
    static final String KIND = "suppressed-destination";

    private static final String ACCOUNT_KIND = "account-sending";
    private static final RecordText<Entry> TEXT = new RecordText<>(Entry.class);
    private static final RecordText<Account> ACCOUNT = new RecordText<>(Account.class);

    /** What of an account's settings is about the list; absent where nothing was ever set. */
    record Account(@Nullable List<String> suppressedReasons) {}

    /** An entry with its address and its time. */
    record Listed(String address, Entry entry, Instant changedAt) {}

    private final Settings settings;
    private final Clock clock;

    public SuppressionStore(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<Suppressed> find(Scope scope, EmailAddress address) throws IOException {
        Optional<Listed> listed = listed(scope, address);
        return listed.map(it -> it.entry().suppressed());
    }

    /** Both where the account has set nothing, as a new account of SES. */
    @Override
    public Set<Suppressed> reasons(Scope scope) throws IOException {
        List<Setting> accounts = settings.list(scope, ACCOUNT_KIND, "", 1);
        if (accounts.isEmpty()) {
            return EnumSet.allOf(Suppressed.class);
        }
        List<String> reasons = ACCOUNT.read(accounts.getFirst()).suppressedReasons();
        if (reasons == null) {
            return EnumSet.allOf(Suppressed.class);
        }
        Set<Suppressed> wanted = EnumSet.noneOf(Suppressed.class);
        reasons.forEach(reason -> wanted.add(Suppressed.valueOf(reason)));
        return wanted;
    }

    @Override
    public void add(Scope scope, EmailAddress address, Suppressed reason, Mail because) throws IOException {
        Optional<Listed> there = listed(scope, address);
        if (there.isPresent() && there.get().entry().suppressed() == reason) {
            return;
        }
        put(scope, address, new Entry(reason.name(), SesMessageId.of(because.id(), scope.region())));
    }

    void put(Scope scope, EmailAddress address, Entry entry) throws IOException {
        settings.apply(List.of(new Change.Put(key(scope, address), TEXT.write(entry))), clock.instant());
    }

    void remove(Scope scope, EmailAddress address) throws IOException {
        settings.apply(List.of(new Change.Remove(key(scope, address))), clock.instant());
    }

    Optional<Listed> listed(Scope scope, EmailAddress address) throws IOException {
        Optional<Setting> setting = settings.find(key(scope, address));
        return setting.isPresent() ? Optional.of(read(setting.get())) : Optional.empty();
    }

    /** A part of the list, in the order of addresses. */
    List<Listed> list(Scope scope, String after, int most) throws IOException {
        List<Listed> part = new ArrayList<>();
        for (Setting setting : settings.list(scope, KIND, after, most)) {
            part.add(read(setting));
        }
        return part;
    }

    private static Listed read(Setting setting) throws IOException {
        return new Listed(setting.key().name(), TEXT.read(setting), setting.changedAt());
    }

    // An address has its domain in lower case and its local part as written.
    private static Key key(Scope scope, EmailAddress address) {
        return new Key(scope, KIND, address.toString());
    }
}
