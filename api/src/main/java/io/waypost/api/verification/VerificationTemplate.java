package io.waypost.api.verification;

import io.waypost.api.identity.Redirects;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mail that asks the owner of an address, without what it says.
 *
 * @param from the mailbox it comes from
 * @param subject of the mail
 * @param redirects where the owner is sent afterwards
 */
public record VerificationTemplate(
        String name, String from, String subject, Redirects redirects, SortedMap<String, String> tags) {

    public VerificationTemplate {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    VerificationTemplate withTags(SortedMap<String, String> it) {
        return new VerificationTemplate(name, from, subject, redirects, it);
    }
}
