package io.waypost.outbound.tls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The TXT record that announces an MTA-STS policy (RFC 8461 3.1). */
final class StsRecord {

    private static final Pattern ID = Pattern.compile("[;\\s]id\\s*=\\s*([A-Za-z0-9]{1,32})\\s*(;|$)");

    private StsRecord() {}

    /** The id of the policy; nothing unless there is exactly one such record. */
    static Optional<String> id(List<String> texts) {
        List<String> records =
                texts.stream().filter(text -> text.matches("v=STSv1\\s*;.*")).toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(records.getFirst());
        return id.find() ? Optional.of(id.group(1)) : Optional.empty();
    }
}
