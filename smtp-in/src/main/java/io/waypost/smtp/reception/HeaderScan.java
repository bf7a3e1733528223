package io.waypost.smtp.reception;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;

/**
 * What must be known about a header before the mail is accepted, without parsing it.
 *
 * @param size octets up to the empty line, or up to the first line that is no field
 * @param lines lines in those octets
 * @param received how many Received fields there are (RFC 5321 6.3)
 * @param startsFolded whether the very first line is a continuation: it would become part of our own trace fields
 */
record HeaderScan(int size, int lines, int received, boolean startsFolded) {

    private static final byte[] RECEIVED = "received".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Looks at the header; stops soon after {@code longest} octets. */
    static HeaderScan of(MessageContent content, int longest) throws IOException {
        Scanner scanner = new Scanner();
        try (InputStream in = content.open()) {
            byte[] octets = new byte[2048];
            int count;
            while (scanner.size <= longest && (count = in.read(octets)) >= 0) {
                if (!scanner.take(octets, count)) {
                    break;
                }
            }
        }
        return new HeaderScan(scanner.size, scanner.lines, scanner.received, scanner.startsFolded);
    }

    /** Goes through the header octet by octet. */
    private static final class Scanner {
        private int size;
        private int lines;
        private int received;
        private boolean startsFolded;

        private int lineLength;
        private boolean folded;
        private boolean field;
        private int nameMatched;

        /** Whether the header goes on behind these octets. */
        boolean take(byte[] octets, int count) {
            for (int i = 0; i < count; i++) {
                byte octet = octets[i];
                size++;
                if (octet == '\n') {
                    if (lineLength == 0 || (!folded && !field)) {
                        size -= lineLength + 2;
                        return false;
                    }
                    lines++;
                    lineLength = 0;
                    folded = false;
                    field = false;
                    nameMatched = 0;
                } else if (octet != '\r') {
                    inLine(octet);
                }
            }
            return true;
        }

        private void inLine(byte octet) {
            if (lineLength++ == 0) {
                folded = octet == ' ' || octet == '\t';
                startsFolded |= folded && lines == 0;
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
    }
}
