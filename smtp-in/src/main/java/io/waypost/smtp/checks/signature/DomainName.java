package io.waypost.smtp.checks.signature;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Domains and selectors as tags carry them. */
public final class DomainName {

    // RFC 6376 3.5 wants letters, digits and hyphens; selectors with an underscore are in use and harmless.
    private static final Pattern LABELS = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final int LONGEST = 253;

    private DomainName() {}

    /**
     * A name ready for DNS: lower case, A-labels.
     *
     * @param octets as in the field, every octet one character; U-labels are UTF-8 (RFC 8616 5)
     */
    public static String ascii(String octets) throws MalformedException {
        String name = isAscii(octets) ? octets.toLowerCase(Locale.ROOT) : encoded(octets);
        if (name.length() > LONGEST || !LABELS.matcher(name).matches()) {
            throw new MalformedException("no domain name: " + Text.quoted(octets));
        }
        return name;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String encoded(String octets) throws MalformedException {
        if (octets.length() > 4 * LONGEST) {
            throw new MalformedException("no domain name: " + Text.quoted(octets));
        }
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new MalformedException("no domain name: " + Text.quoted(octets));
        }
    }

    /** Whether {@code name} is {@code domain} or lies below it; both from {@link #ascii}. */
    static boolean isWithin(String name, String domain) {
        return name.equals(domain) || name.endsWith("." + domain);
    }
}
