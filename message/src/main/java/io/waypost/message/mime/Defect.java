package io.waypost.message.mime;

import java.util.Locale;

/**
 * What is wrong with a message, or was left out when it was read. A defect never stops delivery; it is named beside what could
 * be read.
 */
public enum Defect {
    /** A line in a header is no field (RFC 5322 2.2); it was passed over. */
    HEADER_BROKEN,
    /** A header has more fields or bytes than the limit; nothing behind that was read. */
    HEADERS_LIMIT,
    /** A header line is longer than the limit; nothing behind that was read. */
    LINE_LIMIT,
    /** Multiparts are nested deeper than the limit; nothing behind that was read. */
    MIME_DEPTH,
    /** There are more parts than the limit; nothing behind that was read. */
    PARTS_LIMIT,
    /** A multipart names no boundary (RFC 2046 5.1.1); its body was read as plain text. */
    BOUNDARY_MISSING,
    /** A multipart has no closing boundary: the message was probably cut. */
    BOUNDARY_UNCLOSED,
    /** A base64 body has foreign characters, padding inside or an incomplete end (RFC 2045 6.8). */
    BASE64_BROKEN,
    /** A quoted-printable body has an {@code =} that begins no code (RFC 2045 6.7). */
    QUOTED_PRINTABLE_BROKEN,
    /** A Content-Transfer-Encoding nobody knows; the body was taken as it is. */
    ENCODING_UNKNOWN,
    /** Bytes above 127 in a text or header that declares no charset; read as UTF-8, else as windows-1252. */
    CHARSET_UNDECLARED,
    /** A charset nobody knows; read as UTF-8, else as windows-1252. */
    CHARSET_UNKNOWN,
    /** Bytes that the declared charset does not have. */
    CHARSET_WRONG,
    /** Text beyond the limit was left out. */
    TEXT_LIMIT,
    /** Something in an address field is no address (RFC 5322 3.4). */
    ADDRESS_BROKEN,
    /** The Date field cannot be read (RFC 5322 3.3). */
    DATE_BROKEN,
    /** The reader gave up for another reason; nothing behind that was read. */
    UNPARSEABLE;

    /** The short word that users see: {@code charset-undeclared}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
