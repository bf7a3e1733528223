package io.waypost.message.mime;

import org.jspecify.annotations.Nullable;

/** Says what a body really is, whatever its sender declared. Used by many threads at once; must not keep the bytes. */
@FunctionalInterface
public interface TypeDetector {

    /** How many bytes of a body are shown at most. */
    int FIRST_BYTES = 8 * 1024;

    /** Detects nothing. */
    TypeDetector NONE = (first, length, name) -> null;

    /**
     * Tells the type of one body.
     *
     * @param first the first bytes of the decoded body
     * @param length how many of them count
     * @param name the file name, if the sender gave one
     * @return a media type, or null when this cannot be told
     */
    @Nullable
    String detect(byte[] first, int length, @Nullable String name);
}
