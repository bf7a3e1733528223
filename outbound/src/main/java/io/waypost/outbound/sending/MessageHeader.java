package io.waypost.outbound.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.Sending;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header of a message that an application wants sent: read, found to be one, and written again without what is not to leave the
 * house.
 */
final class MessageHeader {

    // What may stand once (RFC 5322 3.6, RFC 2045 3 and what SES adds itself).
    private static final Set<String> ONCE = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "date",
            "message-id",
            "subject",
            "in-reply-to",
            "references",
            "return-path",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "content-id",
            "content-description",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "feedback-id");

    // Written anew, or nobody's business outside.
    private static final Set<String> LEFT_OUT = Set.of("date", "message-id", "bcc", "return-path", "feedback-id");

    private static final int MOST_HEADER_TOLD = 10 * 1024;

    private final HeaderBlock block;
    private final MailHeader meaning;

    private MessageHeader(HeaderBlock block) {
        this.block = block;
        this.meaning = new MailHeader(block.fields().stream()
                .map(field -> new HeaderField(field.name(), text(field.value())))
                .toList());
    }

    /**
     * @param block complete
     * @throws SendRefusedException when it is no header, or says something twice
     */
    static MessageHeader of(HeaderBlock block) throws SendRefusedException {
        int covered = block.fields().stream().mapToInt(f -> f.end() - f.start()).sum();
        if (covered != block.bytes().length) {
            throw Refusals.message("A line of the header is no header field.");
        }
        Set<String> seen = new HashSet<>();
        for (HeaderBlock.Field field : block.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw Refusals.message("Invalid header name <" + Refusals.shown(field.name()) + ">.");
            }
            if (!seen.add(name) && ONCE.contains(name)) {
                throw Refusals.message("Duplicate header '" + field.name() + "'.");
            }
        }
        if (!seen.contains("from")) {
            throw Refusals.message("Missing required header 'From'.");
        }
        return new MessageHeader(block);
    }

    SesFields sesFields() {
        return SesFields.of(block);
    }

    boolean has(String name) {
        return meaning.first(name).isPresent();
    }

    /** The value of the first field of this name as written, unfolded; empty where there is none. */
    String written(String name) {
        return meaning.first(name).map(HeaderField::written).orElse("");
    }

    /** The addresses of all fields of this name. */
    List<EmailAddress> addresses(String name) throws SendRefusedException {
        List<EmailAddress> found = new ArrayList<>();
        for (MailAddress address : meaning.addresses(name)) {
            found.add(address(address));
        }
        return found;
    }

    private static EmailAddress address(MailAddress written) throws SendRefusedException {
        String address = written.address();
        if (address == null) {
            throw Refusals.address(written.display());
        }
        return Addresses.checked(address);
    }

    /** Of the first author; empty where there is none. */
    String displayName() {
        return meaning.addresses("From").stream()
                .findFirst()
                .flatMap(author -> Optional.ofNullable(author.name()))
                .orElse("");
    }

    boolean isUtf8() {
        return block.isEightBit() && block.isUtf8();
    }

    /** The first fields as events tell them. */
    List<Sending.Field> told() {
        List<Sending.Field> told = new ArrayList<>();
        int length = 0;
        for (HeaderField field : meaning.fields()) {
            if (SesFields.isOne(field.name()) || field.name().equalsIgnoreCase("Bcc")) {
                continue;
            }
            length += field.name().length() + field.written().length();
            if (length > MOST_HEADER_TOLD) {
                return told;
            }
            told.add(new Sending.Field(field.name(), field.written()));
        }
        return told;
    }

    /** Whether {@link #told} leaves out something for its length. */
    boolean isLong() {
        return meaning.fields().stream()
                        .filter(field ->
                                !SesFields.isOne(field.name()) && !field.name().equalsIgnoreCase("Bcc"))
                        .mapToInt(
                                field -> field.name().length() + field.written().length())
                        .sum()
                > MOST_HEADER_TOLD;
    }

    /**
     * The header as it leaves: the application's fields in their order, behind those that are made here.
     *
     * @param made complete lines
     * @param replaced fields of the application that give way, lower case
     */
    byte[] rewritten(String made, Set<String> replaced) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(block.bytes().length + made.length());
        out.writeBytes(made.getBytes(StandardCharsets.UTF_8));
        for (HeaderBlock.Field field : block.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!LEFT_OUT.contains(name) && !replaced.contains(name) && !SesFields.isOne(name)) {
                byte[] bytes = block.bytes(field);
                out.writeBytes(bytes);
                if (bytes[bytes.length - 1] != '\n') {
                    out.writeBytes(new byte[] {'\r', '\n'});
                }
            }
        }
        return out.toByteArray();
    }

    // The block reads octets; a header beyond ASCII is UTF-8 (RFC 6532), or else what it always was.
    private static String text(String octets) {
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : octets;
    }
}
