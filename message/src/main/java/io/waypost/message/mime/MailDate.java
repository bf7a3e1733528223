package io.waypost.message.mime;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/** A date and time as mail writes it (RFC 5322 3.3), with the obsolete forms of 4.3. */
public final class MailDate {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int LONGEST = 200;

    private MailDate() {}

    /** Nothing when the text is no date. */
    public static Optional<OffsetDateTime> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(withoutComments(text), " \t,");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        if (!words.isEmpty() && Character.isLetter(words.getFirst().charAt(0))) {
            words.removeFirst();
        }
        if (words.size() < 4) {
            return Optional.empty();
        }
        try {
            String[] time = words.get(3).split(":", -1);
            return Optional.of(OffsetDateTime.of(
                    year(words.get(2)),
                    month(words.get(1)),
                    Integer.parseInt(words.get(0)),
                    Integer.parseInt(time[0]),
                    Integer.parseInt(time[1]),
                    // A leap second is the last second that java.time knows.
                    time.length > 2 ? Math.min(59, Integer.parseInt(time[2])) : 0,
                    0,
                    words.size() > 4 ? zone(words.get(4)) : ZoneOffset.UTC));
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    // Two and three digits as in RFC 5322 4.3.
    private static int year(String text) {
        int year = Integer.parseInt(text);
        return text.length() == 2 ? year + (year < 50 ? 2000 : 1900) : text.length() == 3 ? year + 1900 : year;
    }

    private static int month(String text) {
        int at = text.length() < 3 ? -1 : MONTHS.indexOf(text.substring(0, 3).toLowerCase(Locale.ROOT));
        return at % 3 == 0 ? at / 3 + 1 : 0;
    }

    private static ZoneOffset zone(String text) {
        char sign = text.charAt(0);
        if ((sign == '+' || sign == '-') && text.length() == 5) {
            int hours = Integer.parseInt(text.substring(1, 3));
            int minutes = Integer.parseInt(text.substring(3));
            return ZoneOffset.ofHoursMinutes(sign == '-' ? -hours : hours, sign == '-' ? -minutes : minutes);
        }
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "EDT" -> ZoneOffset.ofHours(-4);
            case "EST", "CDT" -> ZoneOffset.ofHours(-5);
            case "CST", "MDT" -> ZoneOffset.ofHours(-6);
            case "MST", "PDT" -> ZoneOffset.ofHours(-7);
            case "PST" -> ZoneOffset.ofHours(-8);
            // Unknown zones count as -0000 (RFC 5322 4.3).
            default -> ZoneOffset.UTC;
        };
    }

    private static String withoutComments(String text) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                out.append(c);
            }
        }
        return out.toString();
    }
}
