package io.waypost.smtp.checks.arc;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.signature.SignedFields;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * What seals sign (RFC 8617 5.1.1): of each set up to their own the results, the message signature and the seal, relaxed, in this
 * order; the own seal with an empty {@code b=}.
 */
final class SealedFields {

    private final HeaderBlock header;
    private final byte[] chain;
    private final int[] sealStarts;

    SealedFields(HeaderBlock header, List<ArcSet> sets) {
        this.header = header;
        this.sealStarts = new int[sets.size() + 1];
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        for (ArcSet set : sets) {
            out.writeBytes(relaxed(set.results().field()));
            out.writeBytes(relaxed(set.message().field()));
            sealStarts[set.instance()] = out.size();
            out.writeBytes(relaxed(set.seal().field()));
        }
        this.chain = out.toByteArray();
    }

    private byte[] relaxed(Field field) {
        return Canonicalization.RELAXED.field(header.bytes(field));
    }

    byte[] octets(ArcSet set) {
        int before = sealStarts[set.instance()];
        byte[] own = own(set);
        byte[] octets = Arrays.copyOf(chain, before + own.length);
        System.arraycopy(own, 0, octets, before, own.length);
        return octets;
    }

    private byte[] own(ArcSet set) {
        try {
            return SignedFields.withoutSignature(header.bytes(set.seal().field()), Canonicalization.RELAXED);
        } catch (MalformedException e) {
            throw new IllegalStateException("the seal was read before", e);
        }
    }
}
