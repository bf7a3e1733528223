package io.waypost.api.contact;

import io.waypost.api.aws.Operations;
import io.waypost.api.identity.v2.Taggable;

/** Everything about contact lists and contacts. */
public final class ContactFamily implements Operations.Family {

    private final ContactBook book;

    public ContactFamily(ContactBook book) {
        this.book = book;
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations.add(new ContactListOperations(book)).add(new ContactOperations(book));
    }

    /** Contact lists as a kind of things with tags. */
    public static Taggable tags(ContactBook book) {
        return ContactListOperations.tags(book);
    }
}
