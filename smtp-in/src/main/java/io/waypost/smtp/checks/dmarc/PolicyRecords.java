package io.waypost.smtp.checks.dmarc;

import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.syntax.DomainName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policy records that DNS has, each asked for once a mail. Not for several threads. */
final class PolicyRecords {

    /** What stands at a name. */
    sealed interface Lookup {}

    record Found(DmarcRecord record) implements Lookup {}

    /** Nothing, nothing valid, or more than one record (RFC 9989 4.10 step 2). */
    record Absent() implements Lookup {}

    /** @param reason for people */
    record Unknown(String reason) implements Lookup {}

    private final Dns dns;
    private final Map<DomainName, Lookup> known = new HashMap<>();

    PolicyRecords(Dns dns) {
        this.dns = dns;
    }

    Lookup at(DomainName domain) {
        return known.computeIfAbsent(domain, this::ask);
    }

    /** Whether a name exists (RFC 9989 3.2.13, A.4: any answer but NXDOMAIN); empty where DNS does not know. */
    Optional<Boolean> exists(DomainName domain) {
        return switch (dns.texts(domain.name())) {
            case Dns.NoName<String>() -> Optional.of(false);
            case Dns.Unknown<String>(String _) -> Optional.empty();
            case Dns.Found<String>(List<String> _, boolean _), Dns.NoRecords<String>() -> Optional.of(true);
        };
    }

    private Lookup ask(DomainName domain) {
        Dns.Answer<String> answer = dns.texts("_dmarc." + domain.name());
        if (answer instanceof Dns.Unknown<String>(String reason)) {
            return new Unknown("_dmarc." + domain.name() + ": " + reason);
        }
        List<DmarcRecord> records = answer.records().stream()
                .map(DmarcRecord::parse)
                .flatMap(Optional::stream)
                .toList();
        return records.size() == 1 ? new Found(records.getFirst()) : new Absent();
    }
}
