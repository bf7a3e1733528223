package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.OctetSink;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hashes one canonical form once, and notes the hash at each length that a signature names ({@code l=}, RFC 6376 3.5). */
final class BodyDigest implements OctetSink {

    private final MessageDigest digest = Hashing.sha256();
    private final NavigableSet<Long> lengths;
    private final Map<Long, byte[]> partial = new HashMap<>();
    private byte @Nullable [] whole;
    private long total;

    BodyDigest(Iterable<Long> lengths) {
        this.lengths = new TreeSet<>();
        lengths.forEach(this.lengths::add);
        note();
    }

    @Override
    public void accept(byte[] octets, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (!lengths.isEmpty() && lengths.first() - total <= end - at) {
            int until = (int) (lengths.first() - total);
            digest.update(octets, at, until);
            total += until;
            at += until;
            note();
        }
        digest.update(octets, at, end - at);
        total += end - at;
    }

    private void note() {
        if (!lengths.isEmpty() && lengths.first() == total) {
            try {
                partial.put(lengths.removeFirst(), ((MessageDigest) digest.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
            }
        }
    }

    void finish() {
        whole = digest.digest();
    }

    /** The hash of the first {@code length} octets, or of all where there are fewer or no length is given. */
    BodyHash hash(OptionalLong length) {
        byte[] all = whole;
        if (all == null) {
            throw new IllegalStateException("the body is not finished");
        }
        byte[] beginning = length.isPresent() ? partial.get(length.getAsLong()) : null;
        return beginning == null
                ? new BodyHash(all, total, total)
                : new BodyHash(beginning, length.orElse(total), total);
    }
}
