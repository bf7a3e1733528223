package io.waypost.message.mime;

/**
 * One header field.
 *
 * @param name as written
 * @param written the value unfolded, without surrounding white space, otherwise as written
 */
public record HeaderField(String name, String written) {

    /** The value with its encoded words decoded (RFC 2047). */
    public String value() {
        return EncodedWords.decode(written);
    }
}
