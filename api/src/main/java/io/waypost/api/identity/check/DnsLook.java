package io.waypost.api.identity.check;

import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.DnsRecords;
import io.waypost.api.identity.Finding;
import io.waypost.api.identity.Identity;
import io.waypost.message.port.Dns;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks in DNS: at most one question for the token, one for each DKIM key and each that is to come (eight), and four for a MAIL
 * FROM domain.
 *
 * <p>A key is there when a TXT record below its selector holds it. An alias (CNAME) is followed, so the record may stand elsewhere,
 * as SES has it; but it must be there, for those who get signed mail look for it, too.
 */
final class DnsLook implements Look {

    private final Dns dns;
    private final MailFromLook mailFrom;

    /** @param hostname this server's own name */
    DnsLook(Dns dns, String hostname) {
        this.dns = dns;
        this.mailFrom = new MailFromLook(dns, hostname);
    }

    @Override
    public Found at(Identity identity) {
        Map<DkimKey, Finding> found =
                identity.dkim().allKeys().stream().collect(Collectors.toMap(key -> key, key -> key(identity, key)));
        Optional<Finding> keys = identity.dkim().keys().stream()
                .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
                .reduce(Finding::and);
        boolean owned = identity.configured() || identity.name().isAddress();
        Optional<Finding> token =
                owned ? Optional.empty() : identity.ownership().token().map(it -> token(identity, it));
        return new Found(
                identity,
                // Who publishes the keys of a domain owns it.
                owned ? Optional.empty() : either(keys, token),
                found,
                identity.mailFrom().map(it -> mailFrom.at(it.domain())));
    }

    private static Optional<Finding> either(Optional<Finding> keys, Optional<Finding> token) {
        return keys.isPresent() && token.isPresent() ? Optional.of(keys.get().or(token.get())) : keys.or(() -> token);
    }

    private Finding token(Identity identity, String token) {
        return finding(dns.texts(DnsRecords.ownershipName(identity.name())), text -> text.strip()
                .equals(token));
    }

    private Finding key(Identity identity, DkimKey key) {
        return finding(dns.texts(key.recordName(identity.name())), text -> PublishedKey.is(key, text));
    }

    static <T> Finding finding(Dns.Answer<T> answer, Predicate<T> right) {
        return switch (answer) {
            case Dns.Found<T> found ->
                found.records().stream().anyMatch(right) ? Finding.PRESENT : Finding.INVALID_VALUE;
            case Dns.NoRecords<T> _ -> Finding.TYPE_NOT_FOUND;
            case Dns.NoName<T> _ -> Finding.HOST_NOT_FOUND;
            case Dns.Unknown<T> _ -> Finding.DNS_SERVER_ERROR;
        };
    }
}
