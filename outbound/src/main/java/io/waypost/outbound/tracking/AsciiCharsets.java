package io.waypost.outbound.tracking;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charsets in which an octet that looks like a sign of HTML is one: they have ASCII in its place, and no octet below 0x40 within
 * another character. A text in UTF-16, UTF-7 or ISO-2022 can only be read by decoding it, and is left alone.
 */
final class AsciiCharsets {

    private static final Pattern KNOWN = Pattern.compile("us-ascii|ascii|utf-?8|iso-?8859-[0-9]{1,2}(-[ei])?|latin[0-9]"
            + "|windows-(125[0-8]|874)|cp125[0-8]|koi8-(r|u|ru)|macintosh|ibm[0-9]{3}"
            + "|shift_jis|windows-31j|euc-(jp|kr|tw)|ks_c_5601-1987|gb2312|gbk|gb18030|big5(-hkscs)?|tis-620");

    private AsciiCharsets() {}

    /** @param name as declared; US-ASCII where it is not (RFC 2045 5.2) */
    static boolean has(@Nullable String name) {
        return name == null
                || KNOWN.matcher(name.strip().toLowerCase(Locale.ROOT)).matches();
    }
}
