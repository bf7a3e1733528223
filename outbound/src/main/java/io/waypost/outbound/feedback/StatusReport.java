package io.waypost.outbound.feedback;

import io.waypost.message.EmailAddress;
import io.waypost.message.StatusCode;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailDate;
import io.waypost.message.mime.MailHeader;
import io.waypost.outbound.feedback.Feedback.Reported;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a delivery status (RFC 3464 2; RFC 6533 for addresses beyond ASCII). Pure. */
final class StatusReport {

    private static final int MOST_RECIPIENTS = 1_000;
    private static final Pattern STATUS = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

    // RFC 6533 3: EmbeddedUnicodeChar.
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

    private StatusReport() {}

    static Feedback read(String text) {
        List<MailHeader> groups = FieldGroups.of(text);
        Optional<String> reportingMta = Optional.empty();
        Optional<Instant> arrivalDate = Optional.empty();
        List<Reported> failed = new ArrayList<>();
        List<Reported> delayed = new ArrayList<>();
        for (MailHeader group : groups) {
            // RFC 3464 2.2 before 2.3; some write both into one group.
            reportingMta = reportingMta.or(() -> field(group, "Reporting-MTA"));
            arrivalDate = arrivalDate.or(() -> date(group, "Arrival-Date"));
            if (failed.size() + delayed.size() < MOST_RECIPIENTS) {
                recipient(group).ifPresent(one -> {
                    switch (one.action()) {
                        case "failed" -> failed.add(one);
                        case "delayed" -> delayed.add(one);
                        // delivered, relayed, expanded: nothing to tell.
                        default -> {}
                    }
                });
            }
        }
        if (!failed.isEmpty()) {
            return new Feedback.Bounce(failed, reportingMta, arrivalDate);
        }
        return delayed.isEmpty() ? new Feedback.Nothing() : new Feedback.Delay(delayed, reportingMta, arrivalDate);
    }

    private static Optional<Reported> recipient(MailHeader group) {
        Optional<String> original = field(group, "Original-Recipient");
        Optional<String> fin = field(group, "Final-Recipient");
        Optional<StatusCode> status = field(group, "Status").flatMap(StatusReport::status);
        Optional<String> action = field(group, "Action").map(StatusReport::word);
        if (original.isEmpty() && fin.isEmpty() && action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Reported(
                original.flatMap(StatusReport::address).or(() -> fin.flatMap(StatusReport::address)),
                action.orElseGet(() -> action(status)),
                status,
                field(group, "Diagnostic-Code"),
                field(group, "Remote-MTA")));
    }

    // RFC 3464 2.3.3 requires an action; where it is missing, the status' class says as much.
    private static String action(Optional<StatusCode> status) {
        return switch (status.map(StatusCode::kind).orElse(5)) {
            case 2 -> "delivered";
            case 4 -> "delayed";
            default -> "failed";
        };
    }

    private static String word(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < lower.length() && lower.charAt(end) >= 'a' && lower.charAt(end) <= 'z') {
            end++;
        }
        return lower.substring(0, end);
    }

    private static Optional<StatusCode> status(String text) {
        Matcher code = STATUS.matcher(text);
        return code.find()
                ? Optional.of(new StatusCode(
                        Integer.parseInt(code.group(1)),
                        Integer.parseInt(code.group(2)),
                        Integer.parseInt(code.group(3))))
                : Optional.empty();
    }

    /** {@code rfc822; user@domain}, in angle brackets or without, the type left out or not. */
    static Optional<EmailAddress> address(String typed) {
        int semicolon = typed.indexOf(';');
        String text = typed.substring(semicolon + 1).strip();
        if (semicolon > 0 && typed.substring(0, semicolon).strip().equalsIgnoreCase("utf-8")) {
            text = ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1))));
        }
        if (text.startsWith("<") && text.endsWith(">")) {
            text = text.substring(1, text.length() - 1);
        }
        boolean sound =
                text.length() <= 320 && text.chars().noneMatch(c -> c <= ' ' || c == 127 || c == '<' || c == '>');
        try {
            return sound ? Optional.of(EmailAddress.of(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String character(String hexadecimal) {
        int point = Integer.parseInt(hexadecimal, 16);
        boolean sound = Character.isValidCodePoint(point) && !(point >= 0xd800 && point <= 0xdfff);
        return sound ? Character.toString(point) : "\ufffd";
    }

    static Optional<String> field(MailHeader group, String name) {
        return group.first(name).map(HeaderField::written).filter(text -> !text.isEmpty());
    }

    static Optional<Instant> date(MailHeader group, String name) {
        return field(group, name).flatMap(MailDate::parse).map(OffsetDateTime::toInstant);
    }
}
