package io.waypost.outbound.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks for traces of the EICAR test file while a message is copied: its begin in base64, or its name in plain text. Both have no line end
 * and no octet that an encoding may change (RFC 2045 6.7, 6.8). Whatever is found is only a suspicion; {@link EicarAttachment} knows. Looks
 * at one octet of sixteen where nothing is similar (Boyer, Moore and Horspool, for two words of one length). For one thread.
 */
public final class EicarSearch {

    // A file is encoded from its begin on, so its first twelve octets are always these sixteen.
    private static final byte[] IN_BASE64 = "WDVPIVAlQEFQWzRc".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN = "STANDARD-ANTIVIR".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = IN_BASE64.length;
    private static final int[] STEPS = steps();

    private final byte[] seam = new byte[2 * LENGTH];
    private int kept;
    private boolean suspected;

    /** How far the next look may be, by the octet that would be the last of a word. */
    private static int[] steps() {
        int[] steps = new int[256];
        Arrays.fill(steps, LENGTH);
        for (int i = 0; i < LENGTH - 1; i++) {
            steps[IN_BASE64[i]] = Math.min(steps[IN_BASE64[i]], LENGTH - 1 - i);
            steps[PLAIN[i]] = Math.min(steps[PLAIN[i]], LENGTH - 1 - i);
        }
        return steps;
    }

    /** Takes the next piece. */
    public void update(byte[] octets, int offset, int length) {
        if (suspected || length == 0) {
            return;
        }
        // What ended the last piece, with what begins this one.
        int joined = Math.min(length, LENGTH - 1);
        System.arraycopy(octets, offset, seam, kept, joined);
        suspected = isIn(seam, 0, kept + joined) || isIn(octets, offset, length);
        if (length >= LENGTH - 1) {
            kept = LENGTH - 1;
            System.arraycopy(octets, offset + length - kept, seam, 0, kept);
        } else {
            int all = kept + length;
            kept = Math.min(all, LENGTH - 1);
            System.arraycopy(seam, all - kept, seam, 0, kept);
        }
    }

    private static boolean isIn(byte[] octets, int offset, int length) {
        int end = offset + length;
        for (int last = offset + LENGTH - 1; last < end; last += STEPS[octets[last] & 0xFF]) {
            if (octets[last] == IN_BASE64[LENGTH - 1] && ends(octets, last, IN_BASE64)
                    || octets[last] == PLAIN[LENGTH - 1] && ends(octets, last, PLAIN)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(byte[] octets, int last, byte[] word) {
        int from = last - LENGTH + 1;
        return Arrays.equals(octets, from, last + 1, word, 0, LENGTH);
    }

    /** Whether it is worth while to look closer. */
    public boolean isSuspected() {
        return suspected;
    }
}
