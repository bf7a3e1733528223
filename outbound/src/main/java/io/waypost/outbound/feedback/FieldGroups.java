package io.waypost.outbound.feedback;

import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailHeader;
import java.util.ArrayList;
import java.util.List;

/** Groups of header fields with empty lines between them: the form of a delivery status (RFC 3464 2.1) and of a feedback report. */
final class FieldGroups {

    private static final int MOST_GROUPS = 1_000;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_VALUE = 4_000;

    private FieldGroups() {}

    /** The groups that have fields, in order; what is no field is passed over. */
    static List<MailHeader> of(String text) {
        List<MailHeader> groups = new ArrayList<>();
        List<HeaderField> group = new ArrayList<>();
        for (String line : text.split("\r?\n|\r", -1)) {
            if (line.isBlank()) {
                finish(group, groups);
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                unfold(group, line);
            } else {
                int colon = line.indexOf(':');
                if (colon > 0 && group.size() < MOST_FIELDS) {
                    group.add(new HeaderField(
                            line.substring(0, colon).strip(),
                            cut(line.substring(colon + 1).strip())));
                }
            }
            if (groups.size() == MOST_GROUPS) {
                return groups;
            }
        }
        finish(group, groups);
        return groups;
    }

    private static void finish(List<HeaderField> group, List<MailHeader> groups) {
        if (!group.isEmpty()) {
            groups.add(new MailHeader(group));
            group.clear();
        }
    }

    private static void unfold(List<HeaderField> group, String line) {
        if (!group.isEmpty()) {
            HeaderField last = group.removeLast();
            group.add(new HeaderField(last.name(), cut(last.written() + " " + line.strip())));
        }
    }

    private static String cut(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value;
    }
}
