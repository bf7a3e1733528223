package io.waypost.smtp.checks.client;

import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Answer;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.Question;
import io.waypost.smtp.checks.client.ReverseName.Result;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks up the name of an address, and whether the name has the address (RFC 8601 2.7.3, RFC 1912 2.1). Whoever owns an address
 * may write any name, and any number of names, into its zone: only what the name's own zone confirms is believed.
 */
final class ReverseLookup {

    /** One question each. Hosts have one name, shared ones a few; hundreds are an attempt to keep us busy. */
    private static final int MOST_NAMES = 10;

    // A confirmed name ends up in header fields and logs: nothing else that DNS could carry (RFC 2181 11) is taken.
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){1,126}");
    private static final int LONGEST_NAME = 253;

    private final Dns dns;
    private final InetAddress address;
    private final Deadline deadline;

    ReverseLookup(Dns dns, InetAddress address, Deadline deadline) {
        this.dns = dns;
        this.address = address;
        this.deadline = deadline;
    }

    /** Asks one question for the names, then one for each name, all at once. */
    ReverseName ask() {
        return switch (dns.names(address)) {
            case Dns.Found<String> found -> confirm(found.records());
            case Dns.NoName<String> _ -> ReverseName.none(Result.PERMERROR, "the address has no name");
            case Dns.NoRecords<String> _ -> ReverseName.none(Result.PERMERROR, "the address has no name");
            case Dns.Unknown<String> unknown -> ReverseName.none(Result.TEMPERROR, unknown.reason());
        };
    }

    private ReverseName confirm(List<String> all) {
        List<String> names = all.stream()
                .limit(MOST_NAMES)
                .filter(ReverseLookup::isHostName)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return ReverseName.none(Result.FAIL, "the address has no name that a host can have");
        }
        Dns.Family family = address instanceof Inet4Address ? Dns.Family.IPV4 : Dns.Family.IPV6;
        List<Question<Answer<InetAddress>>> questions = names.stream()
                .map(name -> Question.ask(() -> dns.addresses(name, family)))
                .toList();
        try {
            return first(names, questions, all.size());
        } finally {
            questions.forEach(Question::cancel);
        }
    }

    private ReverseName first(List<String> names, List<Question<Answer<InetAddress>>> questions, int count) {
        String unknown = "";
        for (int i = 0; i < names.size(); i++) {
            Answer<InetAddress> answer = questions.get(i).answer(deadline, Dns.Unknown::new);
            if (answer.records().contains(address)) {
                return ReverseName.pass(names.get(i));
            }
            if (unknown.isEmpty() && answer instanceof Dns.Unknown<InetAddress>(String reason)) {
                unknown = names.get(i) + ": " + reason;
            }
        }
        if (!unknown.isEmpty()) {
            return ReverseName.none(Result.TEMPERROR, unknown);
        }
        return ReverseName.none(Result.FAIL, nobody(names, count));
    }

    private static String nobody(List<String> names, int count) {
        if (count > MOST_NAMES) {
            return "none of the first " + MOST_NAMES + " of " + count + " names has this address";
        }
        return names.size() == 1
                ? names.getFirst() + " does not have this address"
                : "none of " + names.size() + " names has this address";
    }

    private static boolean isHostName(String name) {
        return name.length() <= LONGEST_NAME && HOST_NAME.matcher(name).matches();
    }
}
