package io.waypost.smtp.checks.spf;

import java.util.List;
import java.util.Optional;

/**
 * A record that has no syntax error anywhere (RFC 7208 3, 4.6).
 *
 * @param directives in their order
 * @param redirect whose record is used where no directive matches (6.1)
 * @param explanation where the text for those who fail is found (6.2)
 */
record SpfRecord(List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {

    static final String VERSION = "v=spf1";

    /** RFC 7208 3.4 wants a record to fit one UDP packet; eleven records far beyond that would be work for a stranger's pleasure. */
    static final int LONGEST = 16 * 1024;

    SpfRecord {
        directives = List.copyOf(directives);
    }

    /**
     * The one record among a domain's TXT records; empty if there is none (RFC 7208 4.5).
     *
     * @throws SpfError where there are several, or the record is broken or endless
     */
    static Optional<SpfRecord> among(List<String> texts) throws SpfError {
        List<String> records = texts.stream().filter(SpfRecord::isSpf).toList();
        if (records.size() > 1) {
            throw SpfError.permanent("several SPF records");
        }
        if (!records.isEmpty() && records.getFirst().length() > LONGEST) {
            throw SpfError.permanent("longer than " + LONGEST + " octets");
        }
        return records.isEmpty() ? Optional.empty() : Optional.of(RecordParser.parse(records.getFirst()));
    }

    /** The version section ends at a blank or at the end: {@code v=spf10} is something else. */
    private static boolean isSpf(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }
}
