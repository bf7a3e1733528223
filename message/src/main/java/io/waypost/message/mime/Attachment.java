package io.waypost.message.mime;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message that is not its text. The bytes are not kept; they stand in the message.
 *
 * @param name the file name, decoded (RFC 2231, RFC 2047), without folders and control characters; null when there is none
 * @param type the declared media type, lower case, without parameters
 * @param detectedType what the bytes look like; null when nobody looked
 * @param size decoded bytes
 * @param sha256 of the decoded bytes, lower-case hex
 * @param contentId Content-ID without its angle brackets (RFC 2392)
 * @param disposition {@code attachment}, {@code inline} ... lower case (RFC 2183)
 */
public record Attachment(
        @Nullable String name,
        String type,
        @Nullable String detectedType,
        long size,
        String sha256,
        @Nullable String contentId,
        @Nullable String disposition) {}
