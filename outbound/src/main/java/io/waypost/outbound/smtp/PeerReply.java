package io.waypost.outbound.smtp;

import io.waypost.message.StatusCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a peer answered (RFC 5321 4.2).
 *
 * @param code three digits, 200 to 599
 * @param lines the texts of its lines, cleaned to printable ASCII; at least one
 */
public record PeerReply(int code, List<String> lines) {

    private static final Pattern STATUS = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?: .*|$)");
    private static final int LONGEST_TEXT = 400;

    public PeerReply {
        lines = List.copyOf(lines);
    }

    public boolean isPositive() {
        return code / 100 == 2;
    }

    public boolean isPermanent() {
        return code / 100 == 5;
    }

    /** The enhanced status code the peer gave (RFC 2034), if it goes with its reply code; otherwise a general one. */
    public StatusCode status() {
        return given().orElseGet(() -> new StatusCode(code / 100 == 3 ? 2 : code / 100, 0, 0));
    }

    private Optional<StatusCode> given() {
        Matcher matcher = STATUS.matcher(lines.getFirst());
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != code / 100) {
            return Optional.empty();
        }
        return Optional.of(
                new StatusCode(code / 100, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
    }

    /** On one line, not too long: for the ledger and for a notice. */
    @Override
    public String toString() {
        String text = code + " " + String.join(" / ", lines);
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
