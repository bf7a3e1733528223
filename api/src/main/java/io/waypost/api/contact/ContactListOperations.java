package io.waypost.api.contact;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.contact.StoredList.Topic;
import io.waypost.api.identity.IdentitySettings.TagEdit;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.identity.v2.Tag;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.identity.v2.Tags;
import io.waypost.api.kept.Page;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Contact lists are made, shown, changed and removed. */
final class ContactListOperations implements Operations.Family {

    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_TOPICS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final ContactBook book;

    ContactListOperations(ContactBook book) {
        this.book = book;
    }

    /** CreateContactListRequest. */
    record Create(
            String contactListName,
            @Nullable List<Topic> topics,
            @Nullable String description,
            @Nullable List<Tag> tags) {}

    /** UpdateContactListRequest. */
    record Update(
            String contactListName,
            @Nullable List<Topic> topics,
            @Nullable String description) {}

    /** GetContactListRequest, DeleteContactListRequest. */
    record Named(String contactListName) {}

    /** GetContactListResponse. */
    record Shown(
            String contactListName,
            List<Topic> topics,
            @Nullable String description,
            Instant createdTimestamp,
            Instant lastUpdatedTimestamp,
            List<Tag> tags) {}

    /** ListContactListsRequest. */
    record ListRequest(@Nullable Integer pageSize, @Nullable String nextToken) {}

    /** ContactList. */
    record Summary(String contactListName, Instant lastUpdatedTimestamp) {}

    /** ListContactListsResponse. */
    record Listed(List<Summary> contactLists, @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateContactList", Create.class, Nothing.class, this::create)
                .add(Api.SESV2, "UpdateContactList", Update.class, Nothing.class, this::update)
                .add(Api.SESV2, "DeleteContactList", Named.class, Nothing.class, this::delete)
                .add(Api.SESV2, "GetContactList", Named.class, Shown.class, this::get)
                .add(Api.SESV2, "ListContactLists", ListRequest.class, Listed.class, BadRequests.in(this::list));
    }

    static ServiceException noList(String name) {
        return new ServiceException("NotFoundException", "List with name: " + name + " doesn't exist.");
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        if (!NAME.matcher(input.contactListName).matches()) {
            throw BadRequests.badRequest("Invalid contact list name <" + input.contactListName
                    + ">: only alphanumeric ASCII characters, '_', and '-' are allowed, at most 64 of them.");
        }
        List<Topic> topics = checked(input.topics);
        SortedMap<String, String> tags = Tags.checked(input.tags == null ? List.of() : input.tags);
        Optional<StoredList> unused = book.lists().change(caller.scope(), input.contactListName, before -> {
            if (before.isPresent()) {
                throw new ServiceException(
                        "AlreadyExistsException", "List with name: " + input.contactListName + " already exists.");
            }
            if (book.lists().count(caller.scope()) > 0) {
                throw new ServiceException("LimitExceededException", "A maximum of 1 Lists allowed per account.");
            }
            String now = book.now();
            return Optional.of(new StoredList(input.contactListName, topics, input.description, tags, now, now));
        });
        return new Nothing();
    }

    private Nothing update(Caller caller, Update input) throws ServiceException, IOException {
        List<Topic> topics = checked(input.topics);
        Optional<StoredList> unused = book.lists().change(caller.scope(), input.contactListName, before -> {
            StoredList there = before.orElseThrow(() -> noList(input.contactListName));
            return Optional.of(new StoredList(
                    there.name(), topics, input.description, there.tags(), there.createdAt(), book.now()));
        });
        return new Nothing();
    }

    private static List<Topic> checked(@Nullable List<Topic> topics) throws ServiceException {
        if (topics == null) {
            return List.of();
        }
        if (topics.size() > MOST_TOPICS) {
            throw BadRequests.badRequest("A maximum of " + MOST_TOPICS + " Topics allowed per List.");
        }
        Set<String> names = new HashSet<>();
        for (Topic topic : topics) {
            if (!NAME.matcher(topic.topicName()).matches()) {
                throw BadRequests.badRequest("Invalid topic name <" + topic.topicName() + ">.");
            }
            if (!names.add(topic.topicName())) {
                throw BadRequests.badRequest("Duplicate topic name <" + topic.topicName() + ">.");
            }
        }
        return topics;
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        if (book.lists().find(caller.scope(), input.contactListName).isEmpty()) {
            throw noList(input.contactListName);
        }
        book.removeAll(caller.scope(), input.contactListName);
        Optional<StoredList> unused =
                book.lists().change(caller.scope(), input.contactListName, before -> Optional.empty());
        return new Nothing();
    }

    private Shown get(Caller caller, Named input) throws ServiceException {
        StoredList list = book.lists()
                .find(caller.scope(), input.contactListName)
                .orElseThrow(() -> noList(input.contactListName));
        return new Shown(
                list.name(),
                list.topics(),
                list.description(),
                Instant.parse(list.createdAt()),
                Instant.parse(list.changedAt()),
                Tag.all(list.tags()));
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException {
        String after = Page.after(caller.scope(), input.nextToken);
        int size = Page.size("PageSize", input.pageSize, MOST_ITEMS, MOST_ITEMS);
        Page<StoredList> page =
                Page.of(caller.scope(), book.lists().list(caller.scope(), after), size, StoredList::name);
        return new Listed(
                page.items().stream()
                        .map(list -> new Summary(list.name(), Instant.parse(list.changedAt())))
                        .toList(),
                page.nextToken());
    }

    /** Contact lists as a kind of things with tags. */
    static Taggable tags(ContactBook book) {
        return new Taggable() {
            @Override
            public String kind() {
                return "contact-list";
            }

            @Override
            public void tags(Scope scope, String name, TagEdit edit) throws ServiceException, IOException {
                Optional<StoredList> unused = book.lists().change(scope, name, before -> {
                    StoredList there = before.orElseThrow(() -> noList(name));
                    SortedMap<String, String> tags = new TreeMap<>(there.tags());
                    edit.on(tags);
                    return Optional.of(there.withTags(tags));
                });
            }
        };
    }
}
