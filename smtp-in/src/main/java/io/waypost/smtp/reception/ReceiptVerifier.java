package io.waypost.smtp.reception;

import io.waypost.message.MessageId;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.dkim.DkimResult;
import io.waypost.smtp.checks.dkim.DkimVerifier;
import io.waypost.smtp.checks.receipt.Receipts;
import io.waypost.smtp.checks.receipt.ReceivedSignature;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.MessageSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a mail that was stored once, and says whether this server received it. Safe for all threads. */
public final class ReceiptVerifier {

    /** Fields of each kind that are looked at; a mail has one. */
    private static final int MOST = 10;

    // Twice what the listener takes, for what others put on top.
    private static final int LARGEST_HEADER = 1024 * 1024;
    private static final int PIECE = 8192;

    private final Receipts receipts;
    private final Dns keys;
    private final InstantSource clock;

    /**
     * @param keys knows the keys that are believed
     * @param clock judges the dates in signatures
     */
    public ReceiptVerifier(Receipts receipts, Dns keys, InstantSource clock) {
        this.receipts = receipts;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param claimed how many receipts the mail has
     * @param genuine under which id this server received it; empty: no receipt of the mail is ours, or it was made for another mail
     * @param signatures of the whole mail, as far as it has any
     */
    public record Found(int claimed, Optional<MessageId> genuine, List<DkimResult> signatures) {
        public Found {
            signatures = List.copyOf(signatures);
        }
    }

    /**
     * Reads a mail to its end; not closed.
     *
     * @param mail as it was stored: lines end with CR LF
     * @throws IOException when it cannot be read, or has a header that no mail has
     */
    public Found verify(InputStream mail) throws IOException {
        FieldLines lines = new FieldLines();
        ByteArrayOutputStream head = new ByteArrayOutputStream(PIECE);
        byte[] piece = new byte[PIECE];
        int length;
        int used = 0;
        while ((length = mail.read(piece)) >= 0) {
            used = lines.take(piece, 0, length);
            head.write(piece, 0, used);
            if (lines.ended()) {
                break;
            }
            if (head.size() > LARGEST_HEADER) {
                throw new IOException("this is no mail: its header does not end within " + LARGEST_HEADER + " bytes");
            }
        }
        byte[] octets = head.toByteArray();
        int size = lines.ended() ? lines.size() : octets.length;
        HeaderBlock header = HeaderBlock.of(Arrays.copyOf(octets, size));
        HeaderBlock renamed = renamed(header);
        BodyHashes bodies = BodyHashes.wanted(renamed);
        if (octets.length - size > 2) {
            // What is no field belongs to the body, as it did when the mail came.
            bodies.update(octets, size, octets.length - size);
        }
        while (length >= 0) {
            bodies.update(piece, used, length - used);
            used = 0;
            length = mail.read(piece);
        }
        bodies.finish();
        List<HeaderBlock.Field> claims = header.fields(Receipts.NAME);
        return new Found(
                claims.size(),
                claims.stream()
                        .limit(MOST)
                        .flatMap(claim -> receipts.verified(claim.value(), header).stream())
                        .findFirst(),
                new DkimVerifier(clock).verify(renamed, bodies, keys));
    }

    /** The header with our signatures as the only ones, under the name that they were made for. */
    private static HeaderBlock renamed(HeaderBlock header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(PIECE);
        for (HeaderBlock.Field field : header.fields()) {
            byte[] octets = header.bytes(field);
            if (field.is(ReceivedSignature.NAME)) {
                String text = new String(octets, StandardCharsets.ISO_8859_1);
                out.writeBytes((MessageSignature.DKIM_FIELD + text.substring(text.indexOf(':')))
                        .getBytes(StandardCharsets.ISO_8859_1));
            } else if (!field.is(MessageSignature.DKIM_FIELD)) {
                out.writeBytes(octets);
            }
        }
        return HeaderBlock.of(out.toByteArray());
    }
}
