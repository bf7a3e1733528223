package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Creates and removes identities, and begins their proofs: what the operations of both APIs have in common. Faults are said in the
 * words of the API of 2010, {@code InvalidParameterValue} with a message. Safe for all threads.
 */
public final class Identities {

    /** Identities that an account may have in a region (SES quotas). */
    public static final int MOST = 10_000;

    private final IdentityBook book;
    private final DkimKeys keys;
    private final Tokens tokens;
    private final KeyChanges changes;
    private final Ed25519Changes beside;
    private final Verification verification;
    private final AddressProof addresses;
    private final Clock clock;

    /** @param addresses asks the owners of addresses where {@code verification} wants a proof */
    public Identities(
            IdentityBook book,
            DkimKeys keys,
            Tokens tokens,
            Verification verification,
            AddressProof addresses,
            Clock clock) {
        this.book = book;
        this.keys = keys;
        this.tokens = tokens;
        this.changes = new KeyChanges(keys, verification, clock);
        this.beside = new Ed25519Changes(keys, verification, clock);
        this.verification = verification;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * What a new identity begins with.
     *
     * @param dkim for domains only
     */
    public record Wishes(Optional<DkimWish> dkim, Optional<String> configurationSet, SortedMap<String, String> tags) {}

    /** How a domain's mail is to be signed. */
    public sealed interface DkimWish {

        /** With keys that the server makes; the length stays as it is when none is named. */
        record Made(Optional<KeyLength> length) implements DkimWish {}

        /**
         * With a key that the caller has.
         *
         * @param privateKey the base64 of PKCS #1 or PKCS #8
         */
        record Brought(String selector, String privateKey) implements DkimWish {
            @Override
            public String toString() {
                return "Brought[" + selector + "]";
            }
        }
    }

    /** Begins to verify a domain, or does so anew when that failed. */
    public Identity verifyDomain(Scope scope, String domain) throws ServiceException, IOException {
        IdentityName name = Names.domain(domain);
        return changed(scope, name, before -> owned(before.orElseGet(() -> fresh(scope, name))));
    }

    /** Begins to verify an address: its owner gets a link. */
    public void verifyAddress(Scope scope, String address) throws ServiceException, IOException {
        IdentityName name = Names.address(address);
        Identity identity = changed(scope, name, before -> owned(before.orElseGet(() -> fresh(scope, name))));
        ask(identity);
    }

    /** Begins to verify a domain and its DKIM keys, which are made when there are none. */
    public Identity verifyDkim(Scope scope, String domain) throws ServiceException, IOException {
        IdentityName name = Names.domain(domain);
        Optional<Identity> there = book.find(scope, name);
        if (there.isEmpty()) {
            refuseWhenFull(scope);
        }
        boolean make = there.isEmpty() || there.get().dkim().keys().isEmpty();
        KeyLength length = there.map(identity -> identity.dkim().nextLength()).orElse(KeyLength.RSA_2048_BIT);
        // Keys take their time, which nobody else shall wait for.
        List<DkimKey> made = make ? keys.make(scope, name, length) : List.of();
        return changed(scope, name, before -> {
            Identity identity = owned(before.orElseGet(() -> fresh(scope, name)));
            Dkim dkim = identity.dkim();
            if (!dkim.keys().isEmpty()) {
                return identity.withDkim(changes.begun(dkim));
            }
            // It had keys a moment ago, and was removed meanwhile.
            List<DkimKey> now = made.isEmpty() ? keys.make(scope, name, length) : made;
            return identity.withDkim(changes.signing(Dkim.Origin.AWS_SES, now, length));
        });
    }

    /**
     * Creates an identity.
     *
     * @throws ServiceException AlreadyExistsException, LimitExceededException, InvalidParameterValue
     */
    public Identity create(Scope scope, String text, Wishes wishes) throws ServiceException, IOException {
        IdentityName name = Names.any(text);
        refuseWhenThere(text, book.find(scope, name));
        refuseWhenFull(scope);
        Optional<Dkim> dkim = name.isAddress()
                ? Optional.empty()
                : Optional.of(changes.wished(
                        scope, name, wishes.dkim.orElse(new DkimWish.Made(Optional.empty())), KeyLength.RSA_2048_BIT));
        Identity created = changed(scope, name, before -> {
            refuseWhenThere(text, before);
            Identity identity = owned(fresh(scope, name))
                    .withConfigurationSet(wishes.configurationSet)
                    .withTags(wishes.tags);
            return dkim.isPresent() ? identity.withDkim(dkim.get()) : identity;
        });
        ask(created);
        return created;
    }

    /**
     * Signs mail of a domain otherwise: with the keys that are wished for as soon as DNS shows them, or where nothing is signed now from
     * the moment on that they are proved. A wish that is fulfilled or waited for already is asked for once more.
     *
     * @throws ServiceException NotFoundException when there is no such domain, InvalidParameterValue
     */
    public Identity sign(Scope scope, String text, DkimWish wish) throws ServiceException, IOException {
        IdentityName name = domain(text);
        Dkim there = book.find(scope, name).orElseThrow(() -> notFound(text)).dkim();
        // Keys take their time, which nobody else shall wait for.
        KeyChanges.Fresh fresh = changes.fresh(scope, name, wish, there);
        return changed(scope, name, before -> {
            Identity identity = owned(before.orElseThrow(() -> notFound(text)));
            return identity.withDkim(changes.changed(scope, name, identity.dkim(), wish, fresh));
        });
    }

    /**
     * Makes a new key that takes over from the one that signs as soon as DNS shows it, and another for Ed25519 where that signs, too. Where
     * a key is waited for already, it is looked for once more.
     *
     * @throws ServiceException NotFoundException, or InvalidParameterValue where the server makes no keys for the domain
     */
    public Identity rotate(Scope scope, String text) throws ServiceException, IOException {
        IdentityName name = domain(text);
        Dkim there = book.find(scope, name).orElseThrow(() -> notFound(text)).dkim();
        if (there.origin() != Dkim.Origin.AWS_SES || there.keys().isEmpty()) {
            throw ServiceException.invalidParameter("The keys of " + text + " are not made here"
                    + (there.keys().isEmpty() ? ": it has none." : ": bring the next one."));
        }
        Optional<KeyChanges.Fresh> fresh = there.next().isPresent()
                ? Optional.empty()
                : Optional.of(changes.made(scope, name, there.nextLength(), there));
        return changed(scope, name, before -> {
            Identity identity = before.orElseThrow(() -> notFound(text));
            Dkim dkim = identity.dkim();
            return identity.withDkim(
                    fresh.isPresent() && dkim.next().isEmpty()
                            ? beside.renewed(scope, name, changes.replaced(scope, name, dkim, fresh.get()))
                            : changes.begun(dkim));
        });
    }

    private static IdentityName domain(String text) throws ServiceException {
        return IdentityName.parse(text)
                .filter(it -> !it.isAddress())
                .orElseThrow(
                        () -> ServiceException.invalidParameter("The EmailIdentity value must be a valid domain."));
    }

    /**
     * Removes an identity with all that is set up about it.
     *
     * @return whether there was one
     * @throws ServiceException when the server's file names it
     */
    public boolean delete(Scope scope, IdentityName name) throws ServiceException, IOException {
        boolean[] there = {false};
        book.change(scope, name, before -> {
            if (before.isPresent() && before.get().configured()) {
                throw ServiceException.invalidParameter("Identity " + name
                        + " stands in the server's configuration (domains) and can be removed only there.");
            }
            there[0] = before.isPresent();
            return Optional.empty();
        });
        return there[0];
    }

    /** What the file says needs no proof, now or later. */
    private Identity owned(Identity identity) {
        Ownership ownership = identity.ownership();
        if (!identity.name().isAddress() && ownership.token().isEmpty()) {
            ownership = ownership.withToken(tokens.verification());
        }
        return identity.withOwnership(
                identity.configured()
                        ? ownership
                        : ownership.withProof(verification.begun(ownership.proof(), clock.instant())));
    }

    private void ask(Identity identity) throws IOException {
        if (identity.name().isAddress() && !identity.isVerified()) {
            addresses.ask(identity.scope(), identity.name());
        }
    }

    private Identity fresh(Scope scope, IdentityName name) {
        return Identity.fresh(scope, name, clock.instant());
    }

    private interface Edit {
        Identity of(Optional<Identity> before) throws ServiceException, IOException;
    }

    private Identity changed(Scope scope, IdentityName name, Edit edit) throws ServiceException, IOException {
        return book.change(scope, name, before -> {
                    if (before.isEmpty()) {
                        refuseWhenFull(scope);
                    }
                    return Optional.of(edit.of(before));
                })
                .orElseThrow();
    }

    private void refuseWhenFull(Scope scope) throws ServiceException {
        if (book.count(scope) >= MOST) {
            throw new ServiceException(
                    "LimitExceededException", "There are " + MOST + " identities already, and no more can be made.");
        }
    }

    private static void refuseWhenThere(String text, Optional<Identity> there) throws ServiceException {
        if (there.isPresent()) {
            throw new ServiceException("AlreadyExistsException", "Email identity " + text + " already exist.");
        }
    }

    private static ServiceException notFound(String text) {
        return new ServiceException("NotFoundException", "Email identity " + text + " does not exist.");
    }
}
