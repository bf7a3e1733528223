package io.waypost.message.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** The body of one part, its transfer encoding (RFC 2045 6) taken off while it is read. */
final class BodyBytes {

    private static final int PIECE = 8 * 1024;

    private final InputStream raw;
    private final String encoding;
    private final Set<Defect> defects;

    /** Takes decoded bytes, piece by piece; the array is used again afterwards. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length);
    }

    BodyBytes(InputStream raw, String encoding, Set<Defect> defects) {
        this.raw = raw;
        this.encoding = encoding.strip().toLowerCase(Locale.ROOT);
        this.defects = defects;
    }

    void transferTo(Sink sink) throws IOException {
        switch (encoding) {
            case "base64" -> base64(sink);
            case "quoted-printable" -> plain(new QuotedPrintableInputStream(raw, new QuotedPrintableFaults()), sink);
            case "7bit", "8bit", "binary", "" -> plain(raw, sink);
            default -> {
                defects.add(Defect.ENCODING_UNKNOWN);
                plain(raw, sink);
            }
        }
    }

    private static void plain(InputStream in, Sink sink) throws IOException {
        byte[] piece = new byte[PIECE];
        int n;
        while ((n = in.read(piece, 0, PIECE)) >= 0) {
            sink.take(piece, n);
        }
    }

    // java.util.Base64 wants whole bodies and Mime4j's stream decodes byte by byte; this takes a tenth of its time.
    private void base64(Sink sink) throws IOException {
        Base64Decoder decoder = new Base64Decoder();
        byte[] piece = new byte[PIECE];
        byte[] decoded = new byte[Base64Decoder.room(PIECE)];
        int n;
        while ((n = raw.read(piece, 0, PIECE)) >= 0) {
            sink.take(decoded, decoder.decode(piece, n, decoded));
        }
        sink.take(decoded, decoder.finish(decoded));
        if (decoder.isBroken()) {
            defects.add(Defect.BASE64_BROKEN);
        }
    }

    private final class QuotedPrintableFaults extends DecodeMonitor {
        @Override
        public boolean warn(String error, String dropDescription) {
            // Blanks at line ends and bare line ends lose nothing; the rest is about an = that means nothing.
            if (error.startsWith("Malformed") || error.startsWith("Unexpected")) {
                defects.add(Defect.QUOTED_PRINTABLE_BROKEN);
            }
            return false;
        }

        @Override
        public boolean isListening() {
            return true;
        }
    }
}
