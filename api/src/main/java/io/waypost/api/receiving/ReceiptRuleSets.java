package io.waypost.api.receiving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.api.aws.ServiceException;
import io.waypost.config.text.Problems;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receipt rule sets of every account and region, in the store, in memory, and in force.
 *
 * <p>A change is durable first, then in force, then answered. Should it be durable and the archive of active texts refuse it, the
 * caller hears of an internal failure, and it comes into force with the next call or start.
 *
 * <p>Rule sets of files are shown in their home scope, and belong to their files: nothing here changes them. Safe for all threads.
 */
public final class ReceiptRuleSets {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptRuleSets.class);

    static final int MOST_SETS = 40;
    static final int MOST_RULES = 200;

    static final String KIND = "receipt-rule-set";
    static final String ACTIVE_KIND = "active-receipt-rule-set";

    private static final String ACTIVE = "active";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final Settings settings;
    private final RuleBook book;
    private final RuleFileReader reader;
    private final Files files;
    private final Clock clock;

    /** Replaced as a whole, under this object's lock. */
    private final Map<Scope, Shelf> shelves = new ConcurrentHashMap<>();
    // Guarded by this: what is durable and could not be brought into force.
    private final Set<Scope> owed = new HashSet<>();

    /** The rule sets of files. */
    public interface Files {

        /** Whose they are. */
        Scope home();

        /** As read last, in the order of their names. */
        List<RuleFile> now();

        /** When they were read. */
        Instant readAt();
    }

    /** What one scope has. */
    private record Shelf(SortedMap<String, ReceiptRuleSet> sets, Optional<String> active) {

        static final Shelf EMPTY = new Shelf(Collections.emptySortedMap(), Optional.empty());

        Shelf {
            sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
        }

        Shelf with(ReceiptRuleSet set) {
            SortedMap<String, ReceiptRuleSet> more = new TreeMap<>(sets);
            more.put(set.name(), set);
            return new Shelf(more, active);
        }

        Shelf without(String name) {
            SortedMap<String, ReceiptRuleSet> fewer = new TreeMap<>(sets);
            fewer.remove(name);
            return new Shelf(fewer, active);
        }

        Shelf active(Optional<String> name) {
            return new Shelf(sets, name);
        }
    }

    /** The form in the store. */
    private record Stored(String createdAt, List<ReceiptRule> rules) {}

    public ReceiptRuleSets(Settings settings, RuleBook book, RuleFileReader reader, Files files, Clock clock) {
        this.settings = settings;
        this.book = book;
        this.reader = reader;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Reads everything from the store and brings it into force, for the start of the server.
     *
     * @throws IOException when the store cannot be read, or holds what nothing here has written
     */
    public synchronized void load() throws IOException {
        for (Settings.Setting setting : settings.list(KIND)) {
            Stored stored = read(setting);
            ReceiptRuleSet set = new ReceiptRuleSet(
                    setting.key().name(), Instant.parse(stored.createdAt), stored.rules, Optional.empty());
            shelves.merge(setting.key().scope(), Shelf.EMPTY.with(set), (shelf, _) -> shelf.with(set));
        }
        for (Settings.Setting setting : settings.list(ACTIVE_KIND)) {
            Scope scope = setting.key().scope();
            shelves.put(scope, shelf(scope).active(Optional.of(setting.text())));
            bringIntoForce(scope);
        }
    }

    /** The files were read again: a file's rule set that was activated through the API follows its file. */
    public synchronized void filesChanged() {
        Scope home = files.home();
        shelf(home).active().filter(name -> file(home, name).isPresent()).ifPresent(_ -> {
            try {
                bringIntoForce(home);
            } catch (IOException e) {
                owed.add(home);
                LOG.warn("the active rule set of {} could not be brought into force: {}", home, e.toString());
            }
        });
    }

    /** All rule sets of a scope, in the order of their names. */
    List<ReceiptRuleSet> list(Scope scope) {
        SortedMap<String, ReceiptRuleSet> all = new TreeMap<>(shelf(scope).sets());
        for (RuleFile file : filesOf(scope)) {
            all.put(file.name(), shown(scope, file));
        }
        return List.copyOf(all.values());
    }

    /** @throws ServiceException RuleSetDoesNotExist */
    ReceiptRuleSet get(Scope scope, String name) throws ServiceException {
        return find(scope, name)
                .orElseThrow(() -> new ServiceException(
                        "RuleSetDoesNotExistException", "Rule set does not exist: " + name, Map.of("Name", name)));
    }

    private Optional<ReceiptRuleSet> find(Scope scope, String name) {
        Optional<RuleFile> file = file(scope, name);
        return file.isPresent()
                ? file.map(one -> shown(scope, one))
                : Optional.ofNullable(shelf(scope).sets().get(name));
    }

    /** The active one. */
    Optional<ReceiptRuleSet> active(Scope scope) {
        return activeFile(scope)
                .map(file -> shown(scope, file))
                .or(() -> shelf(scope).active().flatMap(name -> find(scope, name)));
    }

    /** Creates a set with these rules. */
    synchronized void create(Scope scope, String name, List<ReceiptRule> rules) throws ServiceException, IOException {
        settle(scope);
        RuleNames.checked("ruleSetName", name);
        if (find(scope, name).isPresent()) {
            throw new ServiceException(
                    "AlreadyExistsException", "Rule set already exists: " + name, Map.of("Name", name));
        }
        if (shelf(scope).sets().size() >= MOST_SETS) {
            throw new ServiceException("LimitExceededException", "Too many rule sets");
        }
        ReceiptRuleSet set = new ReceiptRuleSet(name, clock.instant(), rules, Optional.empty());
        store(new Change.Put(new Key(scope, KIND, name), text(set)));
        shelves.put(scope, shelf(scope).with(set));
    }

    /** Deletes a set and its rules; one that is not there is deleted already. */
    synchronized void delete(Scope scope, String name) throws ServiceException, IOException {
        settle(scope);
        Optional<RuleFile> file = file(scope, name);
        if (active(scope).filter(set -> set.name().equals(name)).isPresent()) {
            throw new ServiceException(
                    "CannotDeleteException", "Cannot delete active rule set: " + name, Map.of("Name", name));
        }
        if (file.isPresent()) {
            throw new ServiceException(
                    "CannotDeleteException",
                    "Cannot delete rule set: " + name + ": it is kept in the file "
                            + file.get().place().file() + " of the server, change it there",
                    Map.of("Name", name));
        }
        if (shelf(scope).sets().containsKey(name)) {
            store(new Change.Remove(new Key(scope, KIND, name)));
            shelves.put(scope, shelf(scope).without(name));
        }
    }

    /** A change of a set's rules. */
    @FunctionalInterface
    interface Edit {
        /** @param rules may be changed and returned */
        List<ReceiptRule> of(List<ReceiptRule> rules) throws ServiceException, IOException;
    }

    /** Whether {@link #change} would be possible now. */
    synchronized void rehearse(Scope scope, String name, Edit edit) throws ServiceException, IOException {
        edited(scope, name, edit);
    }

    /** Changes the rules of a set; nothing is changed when the edit throws. */
    synchronized void change(Scope scope, String name, Edit edit) throws ServiceException, IOException {
        settle(scope);
        ReceiptRuleSet changed = edited(scope, name, edit);
        if (changed.equals(get(scope, name))) {
            return;
        }
        store(new Change.Put(new Key(scope, KIND, name), text(changed)));
        shelves.put(scope, shelf(scope).with(changed));
        if (shelf(scope).active().filter(name::equals).isPresent()) {
            owed.add(scope);
            settle(scope);
        }
    }

    private ReceiptRuleSet edited(Scope scope, String name, Edit edit) throws ServiceException, IOException {
        ReceiptRuleSet set = get(scope, name);
        refuseOfFile(set);
        ReceiptRuleSet changed = set.with(edit.of(new ArrayList<>(set.rules())));
        if (changed.rules().size() > MOST_RULES) {
            throw new ServiceException("LimitExceededException", "Too many rules in rule set: " + name);
        }
        return changed;
    }

    /** Makes a set the active one; without a name none is, and receiving is off. */
    synchronized void activate(Scope scope, Optional<String> name) throws ServiceException, IOException {
        settle(scope);
        if (name.isPresent()) {
            get(scope, name.get());
        }
        Optional<RuleFile> said = activeFile(scope);
        if (said.isPresent()) {
            if (name.filter(said.get().name()::equals).isPresent()) {
                return;
            }
            throw ServiceException.invalidParameter(
                    "The active rule set is " + said.get().name() + ", because the file "
                            + said.get().place().file() + " of the server says 'active: true'; change it there");
        }
        Key key = new Key(scope, ACTIVE_KIND, ACTIVE);
        store(name.<Change>map(chosen -> new Change.Put(key, chosen)).orElseGet(() -> new Change.Remove(key)));
        shelves.put(scope, shelf(scope).active(name));
        owed.add(scope);
        settle(scope);
    }

    private static void refuseOfFile(ReceiptRuleSet set) throws ServiceException {
        if (set.file().isPresent()) {
            throw ServiceException.invalidParameter("Rule set " + set.name() + " is kept in the file "
                    + set.file().get() + " of the server; change it there");
        }
    }

    /** Does what an earlier call could not. */
    private void settle(Scope scope) throws IOException {
        if (owed.contains(scope)) {
            bringIntoForce(scope);
            owed.remove(scope);
        }
    }

    private void bringIntoForce(Scope scope) throws IOException {
        Optional<String> name = shelf(scope).active();
        if (name.isEmpty()) {
            book.chooseNone(scope);
            return;
        }
        Optional<RuleFile> file = file(scope, name.get());
        if (file.isPresent()) {
            book.choose(scope, file.get());
            return;
        }
        ReceiptRuleSet set = shelf(scope).sets().get(name.get());
        if (set == null) {
            LOG.warn("the active rule set of {}, '{}', is not there: receiving is off", scope, name.get());
            book.chooseNone(scope);
            return;
        }
        Problems problems = new Problems();
        RuleFile read = reader.read(set.name(), RuleSetText.of(set.name(), set.rules()), Ownership.NOT_ASKED, problems)
                .orElseThrow(() -> new IOException(
                        "the rule set " + set.name() + " of " + scope + " cannot be used: " + problems.all()));
        book.choose(scope, read);
    }

    private Shelf shelf(Scope scope) {
        return shelves.getOrDefault(scope, Shelf.EMPTY);
    }

    private List<RuleFile> filesOf(Scope scope) {
        return scope.equals(files.home()) ? files.now() : List.of();
    }

    private Optional<RuleFile> file(Scope scope, String name) {
        return filesOf(scope).stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private Optional<RuleFile> activeFile(Scope scope) {
        return filesOf(scope).stream().filter(RuleFile::active).findFirst();
    }

    private ReceiptRuleSet shown(Scope scope, RuleFile file) {
        return new ReceiptRuleSet(
                file.name(),
                files.readAt(),
                new FileRules(scope).of(file.text()),
                Optional.of(file.place().file()));
    }

    private void store(Change change) throws IOException {
        settings.apply(List.of(change), clock.instant());
    }

    private static String text(ReceiptRuleSet set) {
        try {
            return JSON.writeValueAsString(new Stored(set.createdAt().toString(), set.rules()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts are always JSON", e);
        }
    }

    private static Stored read(Settings.Setting setting) throws IOException {
        try {
            return JSON.readValue(setting.text(), Stored.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the stored rule set " + setting.key() + " cannot be read: " + e.getOriginalMessage());
        }
    }
}
