package io.waypost.smtp.reception;

import java.nio.charset.StandardCharsets;

/** Goes through a header octet by octet, without parsing it, and finds its end. Used by one thread. */
final class FieldLines {

    private static final byte[] RECEIVED = "received".getBytes(StandardCharsets.US_ASCII);

    private int size;
    private int count;
    private int received;
    private boolean startsFolded;
    private boolean ended;

    private int lineLength;
    private boolean folded;
    private boolean field;
    private int nameMatched;

    /** How many of the octets belong to the header and the line that ends it. */
    int take(byte[] octets, int offset, int length) {
        for (int i = 0; i < length && !ended; i++) {
            byte octet = octets[offset + i];
            size++;
            if (octet == '\n') {
                if (lineLength == 0 || (!folded && !field)) {
                    size -= lineLength + 2;
                    ended = true;
                    return i + 1;
                }
                count++;
                lineLength = 0;
                folded = false;
                field = false;
                nameMatched = 0;
            } else if (octet != '\r') {
                inLine(octet);
            }
        }
        return ended ? 0 : length;
    }

    private void inLine(byte octet) {
        if (lineLength++ == 0) {
            folded = octet == ' ' || octet == '\t';
            startsFolded |= folded && count == 0;
        }
        if (folded || field) {
            return;
        }
        if (octet == ':') {
            field = true;
            received += nameMatched == RECEIVED.length ? 1 : 0;
        } else if (nameMatched >= 0 && nameMatched < RECEIVED.length && (octet | 0x20) == RECEIVED[nameMatched]) {
            nameMatched++;
        } else if (nameMatched != RECEIVED.length || (octet != ' ' && octet != '\t')) {
            // Another name. Blanks before the colon are obsolete and legal (RFC 5322 4.5).
            nameMatched = -1;
        }
    }

    /** Octets so far; once it has ended, those before the empty line, or before the first line that is no field. */
    int size() {
        return size;
    }

    /** Whole lines so far. */
    int count() {
        return count;
    }

    /** How many Received fields there are (RFC 5321 6.3). */
    int received() {
        return received;
    }

    /** Whether the very first line is a continuation: it would become part of our own trace fields. */
    boolean startsFolded() {
        return startsFolded;
    }

    boolean ended() {
        return ended;
    }
}
