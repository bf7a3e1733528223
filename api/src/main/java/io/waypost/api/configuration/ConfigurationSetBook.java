package io.waypost.api.configuration;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.kept.RecordText;
import io.waypost.api.kept.Shelf;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.ConfigurationSets;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** All configuration sets. Safe for all threads: look-ups never wait; a change is durable when it returns. */
public final class ConfigurationSetBook implements ConfigurationSets {

    /** The kind of its settings. */
    static final String KIND = "configuration-set";

    /** SES' own limit, in a region. */
    static final int MOST = 10_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Shelf<StoredSet> sets;

    private ConfigurationSetBook(Shelf<StoredSet> sets) {
        this.sets = sets;
    }

    /** @throws IOException when the store cannot be read, or a set in it */
    public static ConfigurationSetBook load(Settings settings, Clock clock) throws IOException {
        return new ConfigurationSetBook(Shelf.load(settings, KIND, new RecordText<>(StoredSet.class), clock));
    }

    /** What becomes of a set. */
    @FunctionalInterface
    public interface Edit {
        StoredSet of(StoredSet before) throws ServiceException, IOException;
    }

    @Override
    public Optional<ConfigurationSet> find(Scope scope, String name) {
        return stored(scope, name).map(StoredSet::forSending);
    }

    /** A set with all that is kept of it. */
    public Optional<StoredSet> stored(Scope scope, String name) {
        return sets.find(scope, name);
    }

    /** Those behind a name, which may be empty. */
    public Collection<StoredSet> list(Scope scope, String after) {
        return sets.list(scope, after);
    }

    public void create(Scope scope, StoredSet set, Faults faults) throws ServiceException, IOException {
        if (!isName(set.name())) {
            throw faults.badSet("Invalid configuration set name <" + set.name()
                    + ">: only alphanumeric ASCII characters, '_', and '-' are allowed, at most 64 of them.");
        }
        Optional<StoredSet> unused = sets.change(scope, set.name(), before -> {
            if (before.isPresent()) {
                throw faults.setThere(set.name());
            }
            if (sets.count(scope) >= MOST) {
                throw faults.limit("There are " + MOST + " configuration sets already, and no more can be made.");
            }
            return Optional.of(set);
        });
    }

    /** Removes a set with its destinations. */
    public void delete(Scope scope, String name, Faults faults) throws ServiceException, IOException {
        Optional<StoredSet> unused = sets.change(scope, name, before -> {
            if (before.isEmpty()) {
                throw faults.noSet(name);
            }
            return Optional.empty();
        });
    }

    public void change(Scope scope, String name, Faults faults, Edit edit) throws ServiceException, IOException {
        Optional<StoredSet> unused =
                sets.change(scope, name, before -> Optional.of(edit.of(before.orElseThrow(() -> faults.noSet(name)))));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
