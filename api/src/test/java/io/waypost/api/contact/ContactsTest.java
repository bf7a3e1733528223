package io.waypost.api.contact;

import static io.waypost.api.aws.Operations.Api.SESV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.contact.ContactListOperations.Create;
import io.waypost.api.contact.ContactListOperations.Named;
import io.waypost.api.contact.ContactListOperations.Update;
import io.waypost.api.contact.ContactOperations.Filter;
import io.waypost.api.contact.ContactOperations.ListRequest;
import io.waypost.api.contact.ContactOperations.Listed;
import io.waypost.api.contact.ContactOperations.One;
import io.waypost.api.contact.ContactOperations.Preference;
import io.waypost.api.contact.ContactOperations.Put;
import io.waypost.api.contact.ContactOperations.Shown;
import io.waypost.api.contact.ContactOperations.TopicFilter;
import io.waypost.api.contact.StoredList.Topic;
import io.waypost.message.EmailAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    private static final EmailAddress BOB = EmailAddress.of("bob@example.net");

    private final MemorySettings settings = new MemorySettings();
    private ContactBook book;
    private Calls calls;

    @BeforeEach
    void start() throws Exception {
        book = ContactBook.load(settings, CLOCK);
        calls = Calls.of(new ContactFamily(book));
    }

    private void list() throws Exception {
        calls.call(
                SESV2,
                "CreateContactList",
                new Create(
                        "all",
                        List.of(
                                new Topic("news", "News", null, "OPT_IN"),
                                new Topic("offers", "Offers", null, "OPT_OUT")),
                        null,
                        null));
    }

    private void contact(String address, boolean none, Preference... preferences) throws Exception {
        calls.call(SESV2, "CreateContact", new Put("all", address, List.of(preferences), none, "{}"));
    }

    @Test
    void anAccountHasOneList() throws Exception {
        list();
        assertThat(calls.refusal(SESV2, "CreateContactList", new Create("more", null, null, null)))
                .isEqualTo("LimitExceededException: A maximum of 1 Lists allowed per account.");
        assertThat(calls.refusal(SESV2, "CreateContactList", new Create("all", null, null, null)))
                .startsWith("AlreadyExistsException: ");
        assertThat(calls.refusal(SESV2, "GetContactList", new Named("x")))
                .isEqualTo("NotFoundException: List with name: x doesn't exist.");
        calls.call(SESV2, "UpdateContactList", new Update("all", List.of(), "ours"));
        start();
        var shown = (ContactListOperations.Shown) calls.call(SESV2, "GetContactList", new Named("all"));
        assertThat(shown.topics()).isEmpty();
        assertThat(shown.description()).isEqualTo("ours");
    }

    /** Contract 4.8: preferences are merged by topic, the rest is replaced. */
    @Test
    void anUpdateMergesTopics() throws Exception {
        list();
        contact("bob@Example.net", true, new Preference("news", "OPT_OUT"));
        calls.call(
                SESV2,
                "UpdateContact",
                new Put("all", "bob@example.net", List.of(new Preference("offers", "OPT_IN")), null, null));
        Shown shown = (Shown) calls.call(SESV2, "GetContact", new One("all", "bob@example.net"));
        assertThat(shown.topicPreferences())
                .containsExactly(new Preference("news", "OPT_OUT"), new Preference("offers", "OPT_IN"));
        assertThat(shown.topicDefaultPreferences()).isEmpty();
        assertThat(shown.unsubscribeAll()).isFalse();
        assertThat(shown.attributesData()).isNull();
        assertThat(calls.refusal(SESV2, "GetContact", new One("all", "x@example.net")))
                .isEqualTo("NotFoundException: x@example.net doesn't exist in List.");
        assertThat(calls.refusal(
                        SESV2,
                        "UpdateContact",
                        new Put("all", "bob@example.net", List.of(new Preference("x", "OPT_IN")), null, null)))
                .isEqualTo("BadRequestException: List: all doesn't contain Topic: x");
    }

    @Test
    void senderAsksWhoWantsMail() throws Exception {
        list();
        assertThat(book.exists(Calls.HERE, "all", Optional.of("news"))).isTrue();
        assertThat(book.exists(Calls.HERE, "all", Optional.of("x"))).isFalse();
        assertThat(book.isSubscribed(Calls.HERE, "all", Optional.of("news"), BOB))
                .isTrue();
        assertThat(book.isSubscribed(Calls.HERE, "all", Optional.of("offers"), BOB))
                .isFalse();
        // Asking made him a contact.
        calls.call(SESV2, "GetContact", new One("all", "bob@example.net"));
        var change =
                book.unsubscribe(Calls.HERE, "all", Optional.of("news"), BOB).orElseThrow();
        assertThat(change.before().topics()).containsEntry("news", true).containsEntry("offers", false);
        assertThat(change.after().topics()).containsEntry("news", false);
        assertThat(change.after().unsubscribeAll()).isFalse();
        assertThat(book.isSubscribed(Calls.HERE, "all", Optional.of("news"), BOB))
                .isFalse();
        assertThat(book.isSubscribed(Calls.HERE, "all", Optional.empty(), BOB)).isTrue();
        assertThat(book.unsubscribe(Calls.HERE, "all", Optional.empty(), BOB)
                        .orElseThrow()
                        .after()
                        .unsubscribeAll())
                .isTrue();
        assertThat(book.isSubscribed(Calls.HERE, "all", Optional.empty(), BOB)).isFalse();
        assertThat(book.unsubscribe(Calls.HERE, "all", Optional.empty(), EmailAddress.of("x@example.net")))
                .isEmpty();
    }

    private List<String> listed(Filter filter) throws Exception {
        Listed listed = (Listed) calls.call(SESV2, "ListContacts", new ListRequest("all", filter, null, null));
        return listed.contacts().stream()
                .map(ContactOperations.Contact::emailAddress)
                .toList();
    }

    @Test
    void listsAreFiltered() throws Exception {
        list();
        contact("a@example.net", false);
        contact("b@example.net", false, new Preference("news", "OPT_OUT"));
        contact("c@example.net", true);
        assertThat(listed(null)).hasSize(3);
        assertThat(listed(new Filter("OPT_IN", null))).containsExactly("a@example.net", "b@example.net");
        assertThat(listed(new Filter("OPT_IN", new TopicFilter("news", true)))).containsExactly("a@example.net");
        assertThat(listed(new Filter("OPT_IN", new TopicFilter("news", false)))).isEmpty();
        assertThat(listed(new Filter("OPT_OUT", new TopicFilter("news", false))))
                .containsExactly("b@example.net", "c@example.net");
        Listed first = (Listed) calls.call(SESV2, "ListContacts", new ListRequest("all", null, 2, null));
        Listed second = (Listed) calls.call(SESV2, "ListContacts", new ListRequest("all", null, 2, first.nextToken()));
        assertThat(second.contacts()).hasSize(1);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void aListGoesWithItsContacts() throws Exception {
        list();
        for (int i = 0; i < 1_100; i++) {
            contact("user" + i + "@example.net", false);
        }
        calls.call(SESV2, "DeleteContactList", new Named("all"));
        list();
        assertThat(listed(null)).isEmpty();
    }
}
