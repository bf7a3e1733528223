package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** From a wish about signing to the keys that fulfil it: those that are there, or new ones that follow them. Safe for all threads. */
final class KeyChanges {

    private final DkimKeys keys;
    private final Verification verification;
    private final Clock clock;

    KeyChanges(DkimKeys keys, Verification verification, Clock clock) {
        this.keys = keys;
        this.verification = verification;
        this.clock = clock;
    }

    /** New keys, or none where those that are there or waited for are as wished. */
    record Fresh(Dkim.Origin origin, List<DkimKey> keys, KeyLength length) {

        /** Whether these are the keys of now or next: a key is the same when its public half is. */
        boolean isIn(Dkim dkim) {
            return isIn(dkim.origin(), dkim.keys())
                    || dkim.next()
                            .filter(next -> isIn(next.origin(), next.keys()))
                            .isPresent();
        }

        boolean isIn(Dkim.Origin whose, List<DkimKey> there) {
            DkimKey first = keys.getFirst();
            return origin == Dkim.Origin.EXTERNAL
                    && whose == origin
                    && !there.isEmpty()
                    && there.getFirst().selector().equals(first.selector())
                    && there.getFirst().publicKey().equals(first.publicKey());
        }
    }

    /** What a wish needs; takes a second where keys are made. */
    Fresh fresh(Scope scope, IdentityName name, DkimWish wish, Dkim there) throws ServiceException, IOException {
        return switch (wish) {
            case DkimWish.Brought brought ->
                new Fresh(Dkim.Origin.EXTERNAL, List.of(brought(scope, name, brought)), there.nextLength());
            case DkimWish.Made(Optional<KeyLength> length)
            when isNow(there, length) || isNext(there, length) ->
                new Fresh(Dkim.Origin.AWS_SES, List.of(), there.nextLength());
            case DkimWish.Made(Optional<KeyLength> length) ->
                made(scope, name, length.orElse(there.nextLength()), there);
        };
    }

    private static boolean isNow(Dkim dkim, Optional<KeyLength> length) {
        return dkim.origin() == Dkim.Origin.AWS_SES
                && !dkim.keys().isEmpty()
                && length.orElse(dkim.nextLength()) == dkim.nextLength();
    }

    private static boolean isNext(Dkim dkim, Optional<KeyLength> length) {
        return dkim.next()
                .filter(next -> next.origin() == Dkim.Origin.AWS_SES && length.orElse(next.length()) == next.length())
                .isPresent();
    }

    /** The DKIM of a domain after a wish. */
    Dkim changed(Scope scope, IdentityName name, Dkim dkim, DkimWish wish, Fresh fresh) throws IOException {
        return fresh.keys.isEmpty() || fresh.isIn(dkim)
                ? begun(backTo(dkim, wish, fresh))
                : replaced(scope, name, dkim, fresh);
    }

    /** Whoever asks for the keys of now while others are to come has changed his mind. */
    private static Dkim backTo(Dkim dkim, DkimWish wish, Fresh fresh) {
        boolean stays =
                switch (wish) {
                    case DkimWish.Made(Optional<KeyLength> length) -> isNext(dkim, length);
                    case DkimWish.Brought _ ->
                        dkim.next()
                                .filter(next -> fresh.isIn(next.origin(), next.keys()))
                                .isPresent();
                };
        return stays ? dkim : dkim.withNext(Optional.empty());
    }

    /** One key to follow the one that signs, with the others still in reserve; else a whole set. */
    Fresh made(Scope scope, IdentityName name, KeyLength length, Dkim there) throws IOException {
        List<DkimKey> made = there.proof().holds() && there.origin() == Dkim.Origin.AWS_SES
                ? List.of(keys.makeOne(scope, name, length))
                : keys.make(scope, name, length);
        return new Fresh(Dkim.Origin.AWS_SES, made, length);
    }

    /** With these as soon as DNS shows them; at once where nothing is signed now. */
    Dkim replaced(Scope scope, IdentityName name, Dkim dkim, Fresh fresh) throws IOException {
        Instant now = clock.instant();
        if (dkim.proof().holds()) {
            return dkim.withNext(Optional.of(new NextKeys(
                    fresh.origin,
                    fresh.keys,
                    Proof.pending(now),
                    fresh.length,
                    fresh.origin == Dkim.Origin.AWS_SES ? Optional.of(now) : Optional.empty())));
        }
        // The proof may have been lost since one key was made to follow another.
        boolean few = fresh.origin == Dkim.Origin.AWS_SES && fresh.keys.size() < DkimKeys.SELECTORS;
        List<DkimKey> all = few ? keys.make(scope, name, fresh.length) : fresh.keys;
        return signing(fresh.origin, all, fresh.length)
                .withEnabled(dkim.enabled() || dkim.keys().isEmpty())
                .withEd25519(dkim.ed25519())
                .withRetired(dkim.retired());
    }

    /** What is waited for is asked for once more. */
    Dkim begun(Dkim dkim) {
        Instant now = clock.instant();
        return dkim.withProof(verification.begun(dkim.proof(), now))
                .withNext(dkim.next().map(next -> next.withProof(next.proof().begun(now))))
                .withEd25519(dkim.ed25519().map(it -> it.begun(verification, now)));
    }

    /** What a domain without keys begins with. */
    Dkim wished(Scope scope, IdentityName name, DkimWish wish, KeyLength usual) throws ServiceException, IOException {
        return switch (wish) {
            case DkimWish.Made(Optional<KeyLength> length) ->
                signing(Dkim.Origin.AWS_SES, keys.make(scope, name, length.orElse(usual)), length.orElse(usual));
            case DkimWish.Brought brought ->
                signing(Dkim.Origin.EXTERNAL, List.of(brought(scope, name, brought)), usual);
        };
    }

    private DkimKey brought(Scope scope, IdentityName name, DkimWish.Brought wish)
            throws ServiceException, IOException {
        try {
            return keys.bring(scope, name, wish.selector(), wish.privateKey());
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter(
                    "The DomainSigningPrivateKey is not the base64 of an RSA private key of 1024 to 4096 bits.");
        }
    }

    /** Signed with these once they are proved. */
    Dkim signing(Dkim.Origin origin, List<DkimKey> made, KeyLength length) {
        Instant now = clock.instant();
        return new Dkim(
                true,
                origin,
                made,
                verification.begun(Proof.notStarted(now), now),
                length,
                origin == Dkim.Origin.AWS_SES ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
