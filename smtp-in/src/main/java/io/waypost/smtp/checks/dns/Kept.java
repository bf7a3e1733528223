package io.waypost.smtp.checks.dns;

import io.waypost.message.port.Dns.Answer;
import io.waypost.message.port.Dns.Found;
import io.waypost.message.port.Dns.NoName;
import io.waypost.message.port.Dns.NoRecords;
import io.waypost.message.port.Dns.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * An answer, and how long it may be kept.
 *
 * @param answer of records as {@link Reading} makes them
 * @param keep zero for one that counts for those only who wait for it
 */
record Kept(Answer<Object> answer, Duration keep) {

    /** Aliases that are followed. */
    private static final int MOST_ALIASES = 8;

    /** Nobody needs more records of one name. */
    private static final int MOST_RECORDS = 200;

    private static final Duration LONGEST = Duration.ofDays(1);

    /** RFC 2308 5: one to three hours are sensible. */
    private static final Duration LONGEST_NEGATIVE = Duration.ofHours(3);

    /** So that a dead server is not asked by every mail anew, and its return is noticed at once. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    static Kept unknown(String reason) {
        return new Kept(new Unknown<>(reason), UNKNOWN);
    }

    /** Reads a response that belongs to the question. */
    static Kept of(Question question, Message response) {
        int code = response.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return unknown("the name server says " + Rcode.string(code) + " to " + question);
        }
        Name name = question.name();
        long ttl = LONGEST.toSeconds();
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            List<Object> values = new ArrayList<>();
            Name alias = null;
            for (Record record : response.getSection(Section.ANSWER)) {
                // Records of other names are none of this question's business.
                if (!record.getName().equals(name)) {
                    continue;
                }
                if (record.getType() == question.type() && values.size() < MOST_RECORDS) {
                    Reading.value(record).ifPresent(values::add);
                    ttl = Math.min(ttl, record.getTTL());
                } else if (record instanceof CNAMERecord cname && alias == null) {
                    alias = cname.getTarget();
                    ttl = Math.min(ttl, record.getTTL());
                }
            }
            if (!values.isEmpty()) {
                return new Kept(new Found<>(values, response.getHeader().getFlag(Flags.AD)), Duration.ofSeconds(ttl));
            }
            if (alias == null) {
                return new Kept(code == Rcode.NXDOMAIN ? new NoName<>() : new NoRecords<>(), negative(response, ttl));
            }
            name = alias;
        }
        return unknown("too many aliases at " + question);
    }

    /** RFC 2308 5: without an SOA nothing says how long, so it is not kept. */
    private static Duration negative(Message response, long ttl) {
        for (Record record : response.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                long seconds = Math.min(Math.min(soa.getTTL(), soa.getMinimum()), ttl);
                return Duration.ofSeconds(Math.min(seconds, LONGEST_NEGATIVE.toSeconds()));
            }
        }
        return Duration.ZERO;
    }
}
