package io.waypost.smtp.checks.signature;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.signature.KeyAnswer.Keys;
import io.waypost.smtp.checks.signature.KeyAnswer.None;
import io.waypost.smtp.checks.signature.KeyAnswer.Unknown;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Checks the signatures of one mail (RFC 6376 6.1). Blocks as long as DNS does; for one thread at a time. */
public final class SignatureCheck {

    /** How far the clocks of two servers may be apart. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final HeaderBlock header;
    private final SignedFields fields;
    private final BodyHashes bodies;
    private final KeyLookup keys;
    private final Instant now;

    /**
     * @param bodies finished
     * @param now when the mail came
     */
    public SignatureCheck(HeaderBlock header, BodyHashes bodies, KeyLookup keys, Instant now) {
        this.header = header;
        this.fields = new SignedFields(header);
        this.bodies = bodies;
        this.keys = keys;
        this.now = now;
    }

    /** A signature over header and body, read from the field {@code own}. */
    public Outcome message(MessageSignature signature, Field own) {
        Optional<Outcome> fault = period(signature).or(() -> body(signature));
        byte[] octets;
        try {
            octets = fields.signedOctets(signature.signedNames(), signature.headerForm(), header.bytes(own));
        } catch (MalformedException e) {
            return new Outcome(Result.PERMERROR, e.reason());
        }
        String identity = signature
                .identity()
                .map(Identity::domain)
                .orElse(signature.claim().domain());
        Outcome outcome = keyed(signature.claim(), fault, record -> record.objection(signature.claim(), identity)
                .map(reason -> new Outcome(Result.PERMERROR, reason))
                .or(() -> fault)
                .orElseGet(() -> Crypto.check(signature.claim(), record.key(), octets)));
        return outcome.isPass() ? accepted(signature, outcome) : outcome;
    }

    /** A signature over header fields alone (RFC 8617 4.1.3). */
    public Outcome octets(Claim claim, byte[] signedOctets) {
        return keyed(claim, Optional.empty(), record -> record.objection(claim, claim.domain())
                .map(reason -> new Outcome(Result.PERMERROR, reason))
                .orElseGet(() -> Crypto.check(claim, record.key(), signedOctets)));
    }

    /** The best that the keys of a claim give: a pass if there is one, otherwise what came of the first. */
    private Outcome keyed(Claim claim, Optional<Outcome> fault, Function<KeyRecord, Outcome> check) {
        if (claim.algorithm() == Algorithm.RSA_SHA1) {
            // RFC 8301 3.1: as if it had failed for good.
            return new Outcome(Result.PERMERROR, "rsa-sha1 is not secure");
        }
        return switch (keys.ask(claim)) {
            case None none -> new Outcome(Result.PERMERROR, none.reason());
            // What is wrong without the key stays wrong with it.
            case Unknown unknown -> fault.orElseGet(() -> new Outcome(Result.TEMPERROR, unknown.reason()));
            case Keys found -> {
                List<Outcome> outcomes = found.records().stream()
                        .map(record -> tested(record, check.apply(record)))
                        .toList();
                yield outcomes.stream().filter(Outcome::isPass).findFirst().orElse(outcomes.getFirst());
            }
        };
    }

    /** RFC 6376 3.6.1: a failure of a domain that is trying out is to be taken as if there were no signature. */
    private static Outcome tested(KeyRecord record, Outcome outcome) {
        if (!record.testing()) {
            return outcome;
        }
        String remark = "the domain tests DKIM (t=y)";
        return new Outcome(
                outcome.isPass() ? Result.PASS : Result.NEUTRAL,
                outcome.reason().isEmpty() ? remark : outcome.reason() + "; " + remark);
    }

    private Optional<Outcome> period(MessageSignature signature) {
        if (signature.expires().filter(end -> end.plus(TOLERANCE).isBefore(now)).isPresent()) {
            return Optional.of(new Outcome(
                    Result.FAIL, "it expired at " + signature.expires().get()));
        }
        if (signature
                .signed()
                .filter(start -> start.minus(TOLERANCE).isAfter(now))
                .isPresent()) {
            return Optional.of(new Outcome(
                    Result.FAIL,
                    "it was made in the future, at " + signature.signed().get()));
        }
        return Optional.empty();
    }

    private Optional<Outcome> body(MessageSignature signature) {
        Optional<BodyHash> body = bodies.hash(signature.bodyForm(), signature.bodyLength());
        if (body.isEmpty()) {
            return Optional.of(new Outcome(Result.FAIL, "the body was not hashed in the form it wants"));
        }
        if (signature.bodyLength().orElse(0) > body.get().total()) {
            // RFC 6376 3.5.
            return Optional.of(new Outcome(Result.FAIL, "the body is shorter than l="));
        }
        return Arrays.equals(body.get().digest(), signature.bodyHash())
                ? Optional.empty()
                : Optional.of(new Outcome(Result.FAIL, "the body was changed"));
    }

    /** What verifies may still be a trick: text added behind what was signed, or an author above the signed one. */
    private Outcome accepted(MessageSignature signature, Outcome pass) {
        long signedFroms =
                signature.signedNames().stream().filter("from"::equals).count();
        if (fields.count("from") > signedFroms) {
            // RFC 6376 8.15.
            return new Outcome(Result.POLICY, "there is a From that it does not sign");
        }
        BodyHash body =
                bodies.hash(signature.bodyForm(), signature.bodyLength()).orElseThrow();
        if (body.isPartial()) {
            // RFC 6376 8.2.
            return new Outcome(
                    Result.POLICY,
                    "it signs only the first " + body.hashed() + " of " + body.total() + " octets of the body");
        }
        return pass;
    }
}
