package io.waypost.api.contact;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.kept.RecordText;
import io.waypost.api.kept.Shelf;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import io.waypost.outbound.port.ContactLists;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Lists in memory, contacts in the store by key: a list may have a million. Safe for all threads; changes are durable. */
public final class ContactBook implements ContactLists {

    static final String LIST = "contact-list";
    static final String CONTACT = "contact";

    private static final int AT_ONCE = 1_000;
    private static final RecordText<StoredContact> TEXT = new RecordText<>(StoredContact.class);

    /** A contact with its address. */
    record Named(String address, StoredContact contact) {}

    /** What becomes of a contact. */
    @FunctionalInterface
    interface Edit {

        /** @param before nothing when there is none */
        StoredContact of(Optional<StoredContact> before) throws ServiceException;
    }

    private final Settings settings;
    private final Shelf<StoredList> lists;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();

    private ContactBook(Settings settings, Shelf<StoredList> lists, Clock clock) {
        this.settings = settings;
        this.lists = lists;
        this.clock = clock;
    }

    /** @throws IOException when the store cannot be read, or a list in it */
    public static ContactBook load(Settings settings, Clock clock) throws IOException {
        return new ContactBook(settings, Shelf.load(settings, LIST, new RecordText<>(StoredList.class), clock), clock);
    }

    Shelf<StoredList> lists() {
        return lists;
    }

    String now() {
        return clock.instant().toString();
    }

    @Override
    public boolean exists(Scope scope, String list, Optional<String> topic) {
        return lists.find(scope, list)
                .filter(there -> topic.isEmpty() || there.topic(topic.get()).isPresent())
                .isPresent();
    }

    @Override
    public boolean isSubscribed(Scope scope, String list, Optional<String> topic, EmailAddress address)
            throws IOException {
        StoredList there = lists.find(scope, list)
                .orElseThrow(() -> new IOException("the contact list " + list + " was removed meanwhile"));
        Optional<StoredContact> contact = contact(scope, list, address);
        if (contact.isEmpty()) {
            contact = Optional.of(
                    changed(scope, list, address, before -> before.orElseGet(() -> StoredContact.fresh(now()))));
        }
        return contact.get().isIn(topic.flatMap(there::topic));
    }

    @Override
    public Optional<Unsubscribed> unsubscribe(Scope scope, String list, Optional<String> topic, EmailAddress address)
            throws IOException {
        Optional<StoredList> there = lists.find(scope, list);
        if (!exists(scope, list, topic) || there.isEmpty()) {
            return Optional.empty();
        }
        changing.lock();
        try {
            Optional<StoredContact> before = contact(scope, list, address);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            StoredContact contact = before.get();
            StoredContact after = contact.changed(
                    topic.map(name -> Map.of(name, StoredContact.OUT)).orElse(Map.of()),
                    contact.unsubscribeAll() || topic.isEmpty(),
                    contact.attributesData(),
                    now());
            if (contact.isIn(topic.flatMap(there.get()::topic))) {
                put(scope, list, address, after);
            }
            return Optional.of(new Unsubscribed(contact.preferences(there.get()), after.preferences(there.get())));
        } finally {
            changing.unlock();
        }
    }

    Optional<StoredContact> contact(Scope scope, String list, EmailAddress address) throws IOException {
        Optional<Setting> setting = settings.find(key(scope, list, address.toString()));
        return setting.isPresent() ? Optional.of(TEXT.read(setting.get())) : Optional.empty();
    }

    StoredContact change(Scope scope, String list, EmailAddress address, Edit edit)
            throws ServiceException, IOException {
        changing.lock();
        try {
            StoredContact after = edit.of(contact(scope, list, address));
            put(scope, list, address, after);
            return after;
        } finally {
            changing.unlock();
        }
    }

    private StoredContact changed(Scope scope, String list, EmailAddress address, Edit edit) throws IOException {
        try {
            return change(scope, list, address, edit);
        } catch (ServiceException e) {
            throw new IllegalStateException("this edit refuses nothing", e);
        }
    }

    private void put(Scope scope, String list, EmailAddress address, StoredContact contact) throws IOException {
        settings.apply(
                List.of(new Change.Put(key(scope, list, address.toString()), TEXT.write(contact))), clock.instant());
    }

    void remove(Scope scope, String list, EmailAddress address) throws IOException {
        settings.apply(List.of(new Change.Remove(key(scope, list, address.toString()))), clock.instant());
    }

    /** Removes all contacts of a list, a thousand in a commit: what dies between them is asked for again. */
    void removeAll(Scope scope, String list) throws IOException {
        while (true) {
            List<Named> some = list(scope, list, "", AT_ONCE);
            if (some.isEmpty()) {
                return;
            }
            settings.apply(
                    some.stream()
                            .<Change>map(one -> new Change.Remove(key(scope, list, one.address())))
                            .toList(),
                    clock.instant());
        }
    }

    /** A part of a list's contacts, in the order of addresses. */
    List<Named> list(Scope scope, String list, String after, int most) throws IOException {
        String prefix = list + "/";
        List<Named> part = new ArrayList<>();
        for (Setting setting : settings.list(scope, CONTACT, prefix + after, most)) {
            String name = setting.key().name();
            if (!name.startsWith(prefix)) {
                break;
            }
            part.add(new Named(name.substring(prefix.length()), TEXT.read(setting)));
        }
        return part;
    }

    // Names of lists hold no slash.
    private static Key key(Scope scope, String list, String address) {
        return new Key(scope, CONTACT, list + "/" + address);
    }
}
