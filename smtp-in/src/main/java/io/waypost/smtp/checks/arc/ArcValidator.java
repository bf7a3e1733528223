package io.waypost.smtp.checks.arc;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.arc.ArcResult.Status;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.KeyLookup;
import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.signature.Outcome;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.signature.SignatureCheck;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Validates a mail's chain (RFC 8617 5.2). Safe for all threads. */
public final class ArcValidator {

    /** So many older signatures are tried for {@link ArcResult#oldestPass}: it is nice to know, and not worth more. */
    private static final int MOST_OLDER = 10;

    private final InstantSource clock;

    /** @param clock by which signatures expire */
    public ArcValidator(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Judges the chain from the newest set to the first, until something does not pass. Blocks as long as {@code dns} does, one question
     * for each different key. Never throws because of what a mail or DNS says.
     *
     * @param bodies made from the same header, and finished
     */
    public ArcResult validate(HeaderBlock header, BodyHashes bodies, Dns dns) {
        List<ArcSet> sets;
        try {
            sets = ArcSets.of(header);
        } catch (MalformedException e) {
            return ArcResult.without(Status.FAIL, e.reason());
        }
        if (sets.isEmpty()) {
            return ArcResult.without(Status.NONE, "no chain");
        }
        KeyLookup keys = new KeyLookup(dns);
        SignatureCheck check = new SignatureCheck(header, bodies, keys, clock.instant());
        return message(sets.getLast(), check)
                .or(() -> seals(header, sets, check))
                .orElseGet(() -> new ArcResult(
                        Status.PASS,
                        "",
                        sets.stream().map(ArcSet::sealer).toList(),
                        OptionalInt.of(oldestPass(sets, check, keys))));
    }

    /** Why the newest signature over the mail does not pass (step 4). */
    private static Optional<ArcResult> message(ArcSet set, SignatureCheck check) {
        try {
            MessageSignature signature = MessageSignature.ofArc(set.message().content());
            if (signature.signedNames().contains("arc-seal")) {
                // RFC 8617 4.1.2. The other two fields of ARC are forbidden as well, but early sealers sign them,
                // harmlessly.
                throw new MalformedException("h= signs ARC-Seal");
            }
            return broken(
                    check.message(signature, set.message().field()),
                    "ARC-Message-Signature " + set.instance() + " of "
                            + signature.claim().domain());
        } catch (MalformedException e) {
            return Optional.of(
                    ArcResult.without(Status.FAIL, "ARC-Message-Signature " + set.instance() + ": " + e.reason()));
        }
    }

    /** Why one of the seals does not pass (step 6). */
    private static Optional<ArcResult> seals(HeaderBlock header, List<ArcSet> sets, SignatureCheck check) {
        SealedFields sealed = new SealedFields(header, sets);
        for (ArcSet set : sets.reversed()) {
            Outcome outcome = check.octets(set.seal().content().claim(), sealed.octets(set));
            Optional<ArcResult> broken = broken(
                    outcome,
                    "ARC-Seal " + set.instance() + " of " + set.sealer().domain());
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<ArcResult> broken(Outcome outcome, String what) {
        return switch (outcome.result()) {
            case PASS -> Optional.empty();
            case TEMPERROR -> Optional.of(ArcResult.without(Status.UNKNOWN, what + ": " + outcome.reason()));
            default -> Optional.of(ArcResult.without(Status.FAIL, what + ": " + outcome.reason()));
        };
    }

    /** The oldest signature over the mail such that it and all newer ones pass, with the keys that are here already (step 5). */
    private static int oldestPass(List<ArcSet> sets, SignatureCheck check, KeyLookup keys) {
        int oldest = sets.size();
        for (ArcSet set : sets.reversed().subList(1, Math.min(sets.size(), 1 + MOST_OLDER))) {
            try {
                MessageSignature signature =
                        MessageSignature.ofArc(set.message().content());
                if (!keys.knows(signature.claim())
                        || check.message(signature, set.message().field()).result() != Result.PASS) {
                    return oldest;
                }
            } catch (MalformedException e) {
                return oldest;
            }
            oldest = set.instance();
        }
        return oldest;
    }
}
