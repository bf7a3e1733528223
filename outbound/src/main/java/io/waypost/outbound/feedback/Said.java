package io.waypost.outbound.feedback;

import io.waypost.message.StatusCode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server said about a recipient: in an SMTP reply, or as the Diagnostic-Code of a notice.
 *
 * @param status its enhanced status code (RFC 3463)
 * @param replyCode its reply code (RFC 5321 4.2)
 * @param text what else; looked at without regard to case, as far as 2,000 characters
 */
public record Said(Optional<StatusCode> status, OptionalInt replyCode, String text) {

    private static final int LONGEST = 2_000;

    // A reply code at the beginning, an enhanced code behind it or, as qmail writes it, behind a # anywhere.
    private static final Pattern REPLY = Pattern.compile("([245]\\d\\d)(?:[ -]|$)");
    private static final Pattern STATUS = Pattern.compile("(?:^|[ #(-])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");

    public Said {
        text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Reads a reply or a diagnostic code, such as {@code smtp; 550 5.1.1 user unknown}. */
    public static Said of(String diagnostic) {
        String text = diagnostic.length() > LONGEST ? diagnostic.substring(0, LONGEST) : diagnostic;
        int semicolon = text.indexOf(';');
        String words = semicolon > 0 && text.substring(0, semicolon).strip().matches("[A-Za-z0-9-]{1,40}")
                ? text.substring(semicolon + 1).strip()
                : text.strip();
        Matcher reply = REPLY.matcher(words);
        OptionalInt code = reply.lookingAt() ? OptionalInt.of(Integer.parseInt(reply.group(1))) : OptionalInt.empty();
        Matcher status = STATUS.matcher(words);
        Optional<StatusCode> enhanced = status.find()
                ? Optional.of(new StatusCode(
                        Integer.parseInt(status.group(1)),
                        Integer.parseInt(status.group(2)),
                        Integer.parseInt(status.group(3))))
                : Optional.empty();
        return new Said(enhanced, code, words);
    }

    /** The same with the code of a Status field, where the text has none of its own. */
    public Said orStatus(Optional<StatusCode> other) {
        return new Said(status.or(() -> other), replyCode, text);
    }

    /** Whether a later attempt may succeed, as far as the codes say. */
    boolean isTransient() {
        return status.map(it -> it.kind() == 4).orElse(replyCode.isPresent() && replyCode.getAsInt() / 100 == 4);
    }

    String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }
}
