package io.waypost.message.mime;

/**
 * How much of a hostile message is looked at. What lies beyond is left out, and a {@link Defect} says so.
 *
 * @param depth nested multiparts
 * @param parts parts in all
 * @param headerFields fields of one header
 * @param headerBytes bytes of one header, and of one line in it
 * @param textBytes decoded bytes kept of all plain texts, and as many of all HTML texts
 */
public record ParseLimits(int depth, int parts, int headerFields, int headerBytes, int textBytes) {

    /** 20 levels, 1,000 parts, 1,000 fields, 256 KiB of header, 1 MiB of text and of HTML. */
    public static final ParseLimits DEFAULT = new ParseLimits(20, 1_000, 1_000, 256 * 1024, 1024 * 1024);

    public ParseLimits {
        if (depth < 1 || parts < 1 || headerFields < 1 || headerBytes < 1_000 || textBytes < 0) {
            throw new IllegalArgumentException("a limit is too small to read any message");
        }
    }
}
