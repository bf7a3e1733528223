package io.waypost.api.contact;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.contact.ContactBook.Named;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.kept.Page;
import io.waypost.message.EmailAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Contacts come onto a list, say what they want, and go. */
final class ContactOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_ATTRIBUTES = 1_000;

    /** One answer looks through as many, so that a filter that nobody passes ends; its page is then shorter, or empty. */
    private static final int MOST_LOOKED_AT = 50_000;

    private final ContactBook book;

    ContactOperations(ContactBook book) {
        this.book = book;
    }

    /** TopicPreference. */
    record Preference(String topicName, String subscriptionStatus) {}

    /** CreateContactRequest, UpdateContactRequest. */
    record Put(
            String contactListName,
            String emailAddress,
            @Nullable List<Preference> topicPreferences,
            @Nullable Boolean unsubscribeAll,
            @Nullable String attributesData) {}

    /** GetContactRequest, DeleteContactRequest. */
    record One(String contactListName, String emailAddress) {}

    /** GetContactResponse. */
    record Shown(
            String contactListName,
            String emailAddress,
            List<Preference> topicPreferences,
            List<Preference> topicDefaultPreferences,
            boolean unsubscribeAll,
            @Nullable String attributesData,
            Instant createdTimestamp,
            Instant lastUpdatedTimestamp) {}

    /** TopicFilter. */
    record TopicFilter(@Nullable String topicName, @Nullable Boolean useDefaultIfPreferenceUnavailable) {}

    /** ListContactsFilter. */
    record Filter(@Nullable String filteredStatus, @Nullable TopicFilter topicFilter) {}

    /** ListContactsRequest. */
    record ListRequest(
            String contactListName,
            @Nullable Filter filter,
            @Nullable Integer pageSize,
            @Nullable String nextToken) {}

    /** Contact. */
    record Contact(
            String emailAddress,
            List<Preference> topicPreferences,
            List<Preference> topicDefaultPreferences,
            boolean unsubscribeAll,
            Instant lastUpdatedTimestamp) {}

    /** ListContactsResponse. */
    record Listed(List<Contact> contacts, @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateContact", Put.class, Nothing.class, this::create)
                .add(Api.SESV2, "UpdateContact", Put.class, Nothing.class, this::update)
                .add(Api.SESV2, "DeleteContact", One.class, Nothing.class, this::delete)
                .add(Api.SESV2, "GetContact", One.class, Shown.class, this::get)
                .add(Api.SESV2, "ListContacts", ListRequest.class, Listed.class, BadRequests.in(this::list));
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        return put(caller, input, before -> {
            if (before.isPresent()) {
                throw new ServiceException("AlreadyExistsException", input.emailAddress + " already exists in List.");
            }
            return StoredContact.fresh(book.now());
        });
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        return put(caller, input, before -> before.orElseThrow(() -> noContact(input.emailAddress)));
    }

    private Nothing put(Caller caller, Put input, ContactBook.Edit begin) throws ServiceException, IOException {
        StoredList list = list(caller, input.contactListName);
        EmailAddress address = address(input.emailAddress);
        Map<String, String> preferences = new HashMap<>();
        for (Preference one : input.topicPreferences == null ? List.<Preference>of() : input.topicPreferences) {
            topic(list, one.topicName);
            preferences.put(one.topicName, one.subscriptionStatus);
        }
        if (input.attributesData != null && input.attributesData.length() > LONGEST_ATTRIBUTES) {
            throw BadRequests.badRequest("AttributesData can have at most " + LONGEST_ATTRIBUTES + " characters.");
        }
        StoredContact unused = book.change(caller.scope(), list.name(), address, before -> begin.of(before)
                .changed(preferences, Boolean.TRUE.equals(input.unsubscribeAll), input.attributesData, book.now()));
        return new Nothing();
    }

    private Nothing delete(Caller caller, One input) throws ServiceException, IOException {
        StoredList list = list(caller, input.contactListName);
        EmailAddress address = address(input.emailAddress);
        if (book.contact(caller.scope(), list.name(), address).isEmpty()) {
            throw noContact(input.emailAddress);
        }
        book.remove(caller.scope(), list.name(), address);
        return new Nothing();
    }

    private Shown get(Caller caller, One input) throws ServiceException, IOException {
        StoredList list = list(caller, input.contactListName);
        EmailAddress address = address(input.emailAddress);
        StoredContact contact =
                book.contact(caller.scope(), list.name(), address).orElseThrow(() -> noContact(input.emailAddress));
        return new Shown(
                list.name(),
                address.toString(),
                said(contact),
                defaults(list, contact),
                contact.unsubscribeAll(),
                contact.attributesData(),
                Instant.parse(contact.createdAt()),
                Instant.parse(contact.changedAt()));
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException, IOException {
        StoredList list = list(caller, input.contactListName);
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        String after = Page.after(caller.scope(), input.nextToken);
        Optional<StoredList.Topic> about = filterTopic(list, input.filter);
        List<Contact> shown = new ArrayList<>();
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += MOST_ITEMS) {
            List<Named> part = book.list(caller.scope(), list.name(), after, MOST_ITEMS);
            for (Named one : part) {
                if (passes(one.contact(), input.filter, about)) {
                    if (shown.size() == size) {
                        return new Listed(shown, Page.token(caller.scope(), after));
                    }
                    shown.add(contact(list, one));
                }
                after = one.address();
            }
            if (part.size() < MOST_ITEMS) {
                return new Listed(shown, null);
            }
        }
        return new Listed(shown, Page.token(caller.scope(), after));
    }

    private static Optional<StoredList.Topic> filterTopic(StoredList list, @Nullable Filter filter)
            throws ServiceException {
        return filter == null || filter.topicFilter == null || filter.topicFilter.topicName == null
                ? Optional.empty()
                : Optional.of(topic(list, filter.topicFilter.topicName));
    }

    private static boolean passes(StoredContact contact, @Nullable Filter filter, Optional<StoredList.Topic> about) {
        if (filter == null || filter.filteredStatus == null) {
            return true;
        }
        boolean wantsIn = filter.filteredStatus.equals(StoredContact.IN);
        boolean useDefault =
                filter.topicFilter != null && Boolean.TRUE.equals(filter.topicFilter.useDefaultIfPreferenceUnavailable);
        boolean said = about.isEmpty()
                || contact.unsubscribeAll()
                || contact.topics().containsKey(about.get().topicName());
        return (said || useDefault) && contact.isIn(about) == wantsIn;
    }

    private static Contact contact(StoredList list, Named one) {
        return new Contact(
                one.address(),
                said(one.contact()),
                defaults(list, one.contact()),
                one.contact().unsubscribeAll(),
                Instant.parse(one.contact().changedAt()));
    }

    private static List<Preference> said(StoredContact contact) {
        SortedMap<String, String> topics = contact.topics();
        return topics.entrySet().stream()
                .map(topic -> new Preference(topic.getKey(), topic.getValue()))
                .toList();
    }

    /** Those that apply because the contact has said nothing about their topic. */
    private static List<Preference> defaults(StoredList list, StoredContact contact) {
        return list.topics().stream()
                .filter(topic -> !contact.topics().containsKey(topic.topicName()))
                .map(topic -> new Preference(topic.topicName(), topic.defaultSubscriptionStatus()))
                .toList();
    }

    private StoredList list(Caller caller, String name) throws ServiceException {
        return book.lists().find(caller.scope(), name).orElseThrow(() -> ContactListOperations.noList(name));
    }

    private static StoredList.Topic topic(StoredList list, String name) throws ServiceException {
        return list.topic(name)
                .orElseThrow(() -> BadRequests.badRequest("List: " + list.name() + " doesn't contain Topic: " + name));
    }

    private static EmailAddress address(String text) throws ServiceException {
        boolean sound = text.length() <= LONGEST_ADDRESS && text.chars().noneMatch(c -> c <= ' ' || c == 127);
        try {
            if (sound) {
                return EmailAddress.of(text);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw BadRequests.badRequest("Invalid email address<" + text + ">.");
    }

    private static ServiceException noContact(String address) {
        return new ServiceException("NotFoundException", address + " doesn't exist in List.");
    }
}
