package io.waypost.message.compose;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a message shall say.
 *
 * @param text its plain text
 * @param html its HTML text; with a plain one beside it, the reader chooses (RFC 2046 5.1.4)
 * @param fields further header fields
 */
public record Composition(
        Mailbox from,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> replyTo,
        String subject,
        Optional<Text> text,
        Optional<Text> html,
        List<Field> fields,
        List<Attached> attachments) {

    public Composition {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        replyTo = List.copyOf(replyTo);
        fields = List.copyOf(fields);
        attachments = List.copyOf(attachments);
    }

    /**
     * A text.
     *
     * @param charset what it is to be sent in; UTF-8 where it cannot
     */
    public record Text(String value, Charset charset) {}

    /** A header field of printable ASCII. */
    public record Field(String name, String value) {

        private static final Pattern NAME = Pattern.compile("[!-9;-~]+");
        private static final Pattern VALUE = Pattern.compile("[ -~]*");
        private static final int LONGEST = 996;

        /** @throws IllegalArgumentException when it cannot stand in a header, or not in one line (RFC 5322 2.1.1) */
        public Field {
            if (!NAME.matcher(name).matches()
                    || !VALUE.matcher(value).matches()
                    || name.length() + value.length() > LONGEST) {
                throw new IllegalArgumentException("not a header field: " + name);
            }
        }
    }
}
