package io.waypost.server;

import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecords;
import io.waypost.api.identity.Ed25519;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.NextKeys;
import io.waypost.api.identity.Proof;
import io.waypost.api.identity.ProvedKey;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** What must be published for an identity, as lines of a zone file, each kind with what it is good for. */
final class IdentityRecords {

    private IdentityRecords() {}

    static void print(Identity identity, String hostname, PrintWriter out) {
        out.println("; " + identity.scope());
        Optional<DnsRecord.Purpose> last = Optional.empty();
        for (DnsRecord record : new DnsRecords(hostname).of(identity)) {
            if (!last.equals(Optional.of(record.purpose()))) {
                last = Optional.of(record.purpose());
                out.println("; " + explained(record.purpose(), identity));
            }
            out.println(record.zoneLine());
        }
        if (identity.mailFrom().isPresent()) {
            out.println("; once for this server: addresses that its mail comes from");
            out.println(hostname + ". IN TXT \"v=spf1 a -all\"");
        }
    }

    private static String explained(DnsRecord.Purpose purpose, Identity identity) {
        return switch (purpose) {
            case RECEIVING -> "so that mail comes here";
            case OWNERSHIP ->
                "ownership, " + said(identity.ownership().proof()) + "; not needed where all DKIM records are there";
            case DKIM -> "DKIM, " + said(identity.dkim().proof());
            case NEXT_DKIM ->
                "the next DKIM key, "
                        + identity.dkim()
                                .next()
                                .map(NextKeys::proof)
                                .map(IdentityRecords::said)
                                .orElse("")
                        + "; it signs as soon as it is seen";
            case ED25519 ->
                "Ed25519, " + said(identity, Ed25519::current) + "; it signs beside the others as long as it is seen";
            case NEXT_ED25519 ->
                "the next Ed25519 key, " + said(identity, it -> it.next().orElseThrow())
                        + "; it signs as soon as it is seen";
            case RETIRED_DKIM ->
                "DKIM keys that sign no more, for mail that is on its way; not needed from "
                        + identity.dkim().retired().stream()
                                .map(key -> key.publishedUntil().truncatedTo(ChronoUnit.SECONDS))
                                .max(Comparator.naturalOrder())
                                .map(Instant::toString)
                                .orElse("")
                        + " on";
            case MAIL_FROM ->
                "MAIL FROM, "
                        + identity.mailFrom()
                                .map(MailFrom::proof)
                                .map(IdentityRecords::said)
                                .orElse("");
        };
    }

    private static String said(Identity identity, Function<Ed25519, ProvedKey> which) {
        return said(which.apply(identity.dkim().ed25519().orElseThrow()).proof());
    }

    private static String said(Proof proof) {
        return proof.state() + proof.fault().map(fault -> " (" + fault + ")").orElse("");
    }
}
