package io.waypost.api.identity;

import io.waypost.api.identity.DnsRecord.Purpose;
import io.waypost.api.identity.DnsRecord.Type;
import java.util.ArrayList;
import java.util.List;

/** The records that an identity needs, as SES' but under this server's name (SES contract 4.11). */
public final class DnsRecords {

    private final String hostname;

    /** @param hostname this server's own name */
    public DnsRecords(String hostname) {
        this.hostname = hostname;
    }

    /** The name of the record that holds a domain's token. */
    public static String ownershipName(IdentityName domain) {
        return "_amazonses." + domain;
    }

    /** All of them; an address has those of its MAIL FROM domain only. */
    public List<DnsRecord> of(Identity identity) {
        List<DnsRecord> records = new ArrayList<>();
        IdentityName name = identity.name();
        if (!name.isAddress()) {
            records.add(new DnsRecord(Purpose.RECEIVING, name.text(), Type.MX, "10 " + hostname));
        }
        if (!identity.configured()) {
            identity.ownership()
                    .token()
                    .ifPresent(token ->
                            records.add(new DnsRecord(Purpose.OWNERSHIP, ownershipName(name), Type.TXT, token)));
        }
        Dkim dkim = identity.dkim();
        dkim.keys().forEach(key -> records.add(record(Purpose.DKIM, key, name)));
        dkim.nextKeys().forEach(key -> records.add(record(Purpose.NEXT_DKIM, key, name)));
        dkim.ed25519().ifPresent(ed25519 -> {
            records.add(record(Purpose.ED25519, ed25519.current().key(), name));
            ed25519.next().ifPresent(next -> records.add(record(Purpose.NEXT_ED25519, next.key(), name)));
        });
        for (RetiredKey key : dkim.retired()) {
            records.add(new DnsRecord(
                    Purpose.RETIRED_DKIM,
                    DkimKey.recordName(key.selector(), name),
                    Type.TXT,
                    key.type().recordText(key.publicKey())));
        }
        identity.mailFrom().ifPresent(mailFrom -> {
            records.add(new DnsRecord(Purpose.MAIL_FROM, mailFrom.domain(), Type.MX, "10 " + hostname));
            records.add(new DnsRecord(
                    Purpose.MAIL_FROM, mailFrom.domain(), Type.TXT, "v=spf1 include:" + hostname + " ~all"));
        });
        return records;
    }

    private static DnsRecord record(Purpose purpose, DkimKey key, IdentityName name) {
        return new DnsRecord(purpose, key.recordName(name), Type.TXT, key.recordText());
    }
}
