package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.BodyCanonicalizer;
import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hashes of a body that the signatures of its header want, made while the body arrives: the body is read once and never held.
 * However many signatures there are, each of the two canonical forms is hashed at most once. For one thread at a time.
 */
public final class BodyHashes {

    /** So many DKIM signatures are looked at, from the top. Mails have one to four. */
    public static final int MOST_SIGNATURES = 10;

    /** RFC 8617 4.2.1. */
    public static final int MOST_ARC_SETS = 50;

    private final Map<Canonicalization, BodyDigest> digests = new EnumMap<>(Canonicalization.class);
    private final List<BodyCanonicalizer> canonicalizers = new ArrayList<>();
    private boolean finished;

    private BodyHashes(Map<Canonicalization, TreeSet<Long>> wanted) {
        wanted.forEach((form, lengths) -> {
            BodyDigest digest = new BodyDigest(lengths);
            digests.put(form, digest);
            canonicalizers.add(form.body(digest));
        });
    }

    /**
     * Looks what the header's signatures need: the first {@value #MOST_SIGNATURES} of DKIM and the newest of ARC, as far as they are
     * well-formed and could pass.
     */
    public static BodyHashes wanted(HeaderBlock header) {
        return wanted(header, Set.of());
    }

    /** @param besides forms of the whole body that somebody else wants */
    public static BodyHashes wanted(HeaderBlock header, Set<Canonicalization> besides) {
        Map<Canonicalization, TreeSet<Long>> wanted = new EnumMap<>(Canonicalization.class);
        besides.forEach(form -> wanted.put(form, new TreeSet<>()));
        header.fields(MessageSignature.DKIM_FIELD).stream()
                .limit(MOST_SIGNATURES)
                .forEach(field -> want(header, field, wanted));
        newestOfArc(header).ifPresent(field -> want(header, field, wanted));
        return new BodyHashes(wanted);
    }

    private static void want(HeaderBlock header, Field field, Map<Canonicalization, TreeSet<Long>> wanted) {
        try {
            MessageSignature signature = field.is(MessageSignature.ARC_FIELD)
                    ? MessageSignature.ofArc(TagList.ofField(header.bytes(field)))
                    : MessageSignature.ofDkim(TagList.ofField(header.bytes(field)));
            if (signature.claim().algorithm() != Algorithm.RSA_SHA1) {
                TreeSet<Long> lengths = wanted.computeIfAbsent(signature.bodyForm(), form -> new TreeSet<>());
                signature.bodyLength().ifPresent(lengths::add);
            }
        } catch (MalformedException e) {
            // Whoever verifies finds the same and says so.
        }
    }

    private static Optional<Field> newestOfArc(HeaderBlock header) {
        List<Field> all = header.fields(MessageSignature.ARC_FIELD);
        if (all.size() > MOST_ARC_SETS) {
            return Optional.empty();
        }
        Optional<Field> newest = Optional.empty();
        int highest = 0;
        for (Field field : all) {
            int instance = instance(header, field);
            if (instance > highest) {
                highest = instance;
                newest = Optional.of(field);
            }
        }
        return newest;
    }

    private static int instance(HeaderBlock header, Field field) {
        try {
            return MessageSignature.instance(TagList.ofField(header.bytes(field)));
        } catch (MalformedException e) {
            return 0;
        }
    }

    /** Takes a piece of the body, as it stands in the message: lines end with CR LF. Never throws. */
    public void update(byte[] octets, int offset, int length) {
        for (BodyCanonicalizer canonicalizer : canonicalizers) {
            canonicalizer.update(octets, offset, length);
        }
    }

    /** The body is complete, or there is none. May be called again. */
    public void finish() {
        if (!finished) {
            finished = true;
            canonicalizers.forEach(BodyCanonicalizer::finish);
            digests.values().forEach(BodyDigest::finish);
        }
    }

    /**
     * After {@link #finish}: the hash of the body in this form, or of its first {@code length} octets; empty when no signature wanted
     * the form.
     */
    public Optional<BodyHash> hash(Canonicalization form, OptionalLong length) {
        return Optional.ofNullable(digests.get(form)).map(digest -> digest.hash(length));
    }
}
