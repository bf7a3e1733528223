package io.waypost.message.compose;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.mime.HeaderReader;
import io.waypost.message.mime.MailAddress;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mailbox as an application names it (RFC 5322 3.4): {@code a@example.com} or {@code Alice <a@example.com>}.
 *
 * @param name the display name, decoded
 * @param address its domain in A-labels (RFC 5890 2.3.2.1); the local part may hold more than ASCII (RFC 6531)
 */
public record Mailbox(Optional<String> name, EmailAddress address) {

    // SES' own limit; RFC 5321 4.5.3.1 has 64 octets of local part and 255 of domain.
    private static final int LONGEST = 320;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_WRITTEN = 1_000;

    // RFC 6531 3.3 takes all beyond ASCII; what is a blank to somebody, or is not seen, would make two addresses look
    // like one.
    private static final String BEYOND_ASCII = "[\\x{80}-\\x{10FFFF}&&[^\\p{Z}\\p{C}]]";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~" + BEYOND_ASCII + "-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(\\." + ATOM
            + ")*|\"([\\x20\\x21\\x23-\\x5b\\x5d-\\x7e" + BEYOND_ASCII + "]|\\\\[\\x20-\\x7e])*\"");
    private static final Pattern QUOTED_NAME = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * Reads one mailbox, strictly: what could be read in two ways, or could end a header field, is refused.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Mailbox parse(String written) {
        if (written.length() > LONGEST_WRITTEN || !written.codePoints().allMatch(Mailbox::isShown)) {
            throw fault(written);
        }
        String text = written.strip();
        if (!text.endsWith(">")) {
            return new Mailbox(Optional.empty(), address(text, written));
        }
        int open = text.lastIndexOf('<');
        if (open < 0) {
            throw fault(written);
        }
        String name = name(text.substring(0, open).strip(), written);
        return new Mailbox(
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                address(text.substring(open + 1, text.length() - 1).strip(), written));
    }

    private static String name(String text, String written) {
        var quoted = QUOTED_NAME.matcher(text);
        if (quoted.matches()) {
            return HeaderReader.decodeWords(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        // An open quote, or a second address in front: it is not clear where the name ends.
        if (text.indexOf('"') >= 0 || text.indexOf('<') >= 0 || text.indexOf('>') >= 0) {
            throw fault(written);
        }
        return HeaderReader.decodeWords(text);
    }

    private static EmailAddress address(String text, String written) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || text.length() > LONGEST) {
            throw fault(written);
        }
        String local = text.substring(0, at);
        if (!LOCAL_PART.matcher(local).matches()
                || local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART) {
            throw fault(written);
        }
        return new EmailAddress(local, domain(text.substring(at + 1), written));
    }

    private static Domain domain(String text, String written) {
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
            if (ascii.isEmpty() || ascii.length() > 253 || ascii.startsWith(".") || ascii.endsWith(".")) {
                throw fault(written);
            }
            return new Domain(ascii);
        } catch (IllegalArgumentException e) {
            throw fault(written);
        }
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    private static IllegalArgumentException fault(String written) {
        return new IllegalArgumentException("not a mailbox: " + written);
    }

    /** As people write it. */
    public String display() {
        return new MailAddress(name.orElse(null), address.toString()).display();
    }

    /** As it stands in a header field: no character of it can end the field. */
    String written() {
        String angle = "<" + address + ">";
        return name.map(text -> HeaderText.phrase(text) + " " + angle).orElse(address.toString());
    }
}
