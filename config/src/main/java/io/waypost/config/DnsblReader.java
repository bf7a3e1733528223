package io.waypost.config;

import io.waypost.config.DnsblSettings.Action;
import java.net.IDN;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the block lists of the {@code checks} part. */
final class DnsblReader {

    /** A question holds 64 characters of an IPv6 address before the zone (RFC 5782 2.4), and a name 253 at most (RFC 1035 3.1). */
    private static final int LONGEST_ZONE = 253 - 64;

    private final Set<String> zones = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private DnsblReader() {}

    static List<DnsblSettings> read(Section checks) {
        DnsblReader reader = new DnsblReader();
        List<DnsblSettings> lists = new ArrayList<>();
        for (Section section : checks.sections("dnsbl", "zone")) {
            reader.list(section).ifPresent(lists::add);
        }
        return lists;
    }

    private Optional<DnsblSettings> list(Section section) {
        Optional<String> zone = section.required("zone", DnsblReader::zone, text -> text);
        Optional<String> name = section.optional("name", DnsblReader::ascii, text -> text);
        List<AnswerRange> answers =
                section.list("answers", List.of(AnswerRange.ALL), AnswerRange::of, AnswerRange::toString);
        Action action = section.choice("action", Action.class, Action.REFUSE);
        if (section.isSecret("zone") && name.isEmpty()) {
            section.fault(
                    "zone",
                    "it came from the environment or a file, and refused senders are told the list's name;"
                            + " add a 'name' that they may see");
        }
        if (section.has("answers") && answers.isEmpty() && !section.problems().has(section.placeOf("answers"))) {
            section.fault("answers", "the list is empty; leave the key out to count every answer");
        }
        section.finish();
        return zone.map(text -> new DnsblSettings(text, name.orElse(text), answers, action))
                .filter(list -> isNew(list, section));
    }

    // Neither fault repeats the zone, which may be a secret.
    private boolean isNew(DnsblSettings list, Section section) {
        if (!zones.add(list.zone())) {
            section.fault("zone", "this list stands here twice; remove one of the two");
            return false;
        }
        if (!names.add(list.name())) {
            section.fault("name", "two lists have this name; rename one of them");
            return false;
        }
        return true;
    }

    private static String zone(String text) {
        String zone = ascii(text);
        if (zone.length() > LONGEST_ZONE) {
            throw new IllegalArgumentException("'" + text + "' is longer than " + LONGEST_ZONE
                    + " characters, so that no IPv6 address fits before it");
        }
        return zone;
    }

    // Both stand in questions, replies and labels.
    private static String ascii(String text) {
        return IDN.toASCII(HostPort.domain(text));
    }
}
