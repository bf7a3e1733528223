package io.waypost.message.sending;

import io.waypost.message.MessageId;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The name of sent mail as Amazon SES writes it: four digits for the region, twelve hexadecimal digits of the millisecond, a UUID,
 * {@code -000000}. It says the same as a {@link MessageId} made by {@link MessageId#nextSent}, so that neither need be stored beside
 * the other.
 */
public final class SesMessageId {

    // Of public regions; others share the last.
    private static final Map<String, String> REGIONS =
            Map.of("us-east-1", "0100", "us-west-2", "0101", "eu-west-1", "0102", "ap-southeast-2", "0108");
    private static final String OTHER_REGION = "01ff";
    private static final String END = "-000000";
    private static final int LENGTH = 4 + 12 + 1 + 36 + END.length();
    private static final int BYTES = 25;
    private static final int NAMED = 22;

    private SesMessageId() {}

    /**
     * @param id made by {@link MessageId#nextSent}
     * @throws IllegalArgumentException when it was made otherwise, and would not be found again
     */
    public static String of(MessageId id, String region) {
        byte[] bytes = id.bytes();
        for (int i = NAMED; i < BYTES; i++) {
            if (bytes[i] != 0) {
                throw new IllegalArgumentException("not the id of a sent mail: " + id);
            }
        }
        String hex = HexFormat.of().formatHex(bytes, 0, NAMED);
        return REGIONS.getOrDefault(region, OTHER_REGION) + hex.substring(0, 12) + "-" + hex.substring(12, 20) + "-"
                + hex.substring(20, 24) + "-" + hex.substring(24, 28) + "-" + hex.substring(28, 32) + "-"
                + hex.substring(32) + END;
    }

    /** The mail that is named so, whatever region it says; empty when the text is no such name. */
    public static Optional<MessageId> parse(String text) {
        if (text.length() != LENGTH || !text.endsWith(END) || text.charAt(16) != '-') {
            return Optional.empty();
        }
        String hex = text.substring(4, 16) + text.substring(17, 53).replace("-", "");
        if (hex.length() != 2 * NAMED) {
            return Optional.empty();
        }
        try {
            byte[] bytes = new byte[BYTES];
            System.arraycopy(HexFormat.of().parseHex(hex), 0, bytes, 0, NAMED);
            return Optional.of(MessageId.of(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
