package io.waypost.api.identity;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.dkim.SigningKey;
import io.waypost.outbound.port.SendingIdentities;
import io.waypost.outbound.port.SendingIdentity;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Identities as sending sees them, over the book of identities. Each key is opened once. Safe for all threads. */
public final class SendingBook implements SendingIdentities {

    /** Keys that are kept open; beyond, all are opened anew. */
    private static final int MOST_OPEN = 20_000;

    private final IdentityBook book;
    private final DkimKeys keys;
    /** The one of each type that signs, of each domain: a key that was retired is not kept open. */
    private final ConcurrentMap<Signer, Opened> open = new ConcurrentHashMap<>();

    private record Signer(Scope scope, IdentityName domain, KeyType type) {}

    // A new key under the same selector has another public half.
    private record Opened(String selector, String publicKey, PrivateKey key) {
        boolean is(DkimKey other) {
            return selector.equals(other.selector()) && publicKey.equals(other.publicKey());
        }
    }

    public SendingBook(IdentityBook book, DkimKeys keys) {
        this.book = book;
        this.keys = keys;
    }

    @Override
    public Optional<SendingIdentity> covering(Scope scope, EmailAddress address) throws IOException {
        List<Identity> covering = book.covering(scope, address);
        Optional<Identity> verified =
                covering.stream().filter(Identity::isVerified).findFirst();
        return verified.isEmpty() ? Optional.empty() : Optional.of(seen(verified.get(), covering));
    }

    /** The verified identity of that very name, where it covers the address. */
    public Optional<SendingIdentity> named(Scope scope, IdentityName name, EmailAddress address) throws IOException {
        List<Identity> covering = book.covering(scope, address);
        Optional<Identity> named = covering.stream()
                .filter(identity -> identity.isVerified() && identity.name().equals(name))
                .findFirst();
        return named.isEmpty() ? Optional.empty() : Optional.of(seen(named.get(), covering));
    }

    private SendingIdentity seen(Identity identity, List<Identity> covering) throws IOException {
        Scope scope = identity.scope();
        return new SendingIdentity(
                identity.name().text(),
                "arn:aws:ses:" + scope.region() + ":" + scope.account() + ":identity/" + identity.name(),
                signers(covering),
                identity.mailFrom()
                        .map(it -> new SendingIdentity.MailFrom(
                                new Domain(it.domain()),
                                it.proof().holds(),
                                it.onFailure() == MailFrom.OnFailure.REJECT_MESSAGE)),
                identity.configurationSet(),
                !identity.feedback().withHeaders().isEmpty());
    }

    /** An address is signed as its domain is; the nearest domain decides, as SES has it. */
    private List<SigningKey> signers(List<Identity> covering) throws IOException {
        Optional<Identity> nearest = covering.stream()
                .filter(identity -> !identity.name().isAddress())
                .findFirst();
        if (nearest.isEmpty() || !signs(nearest.get().dkim())) {
            return List.of();
        }
        Identity domain = nearest.get();
        List<SigningKey> signers = new ArrayList<>(2);
        signers.add(signer(domain, domain.dkim().keys().getFirst()));
        Optional<Ed25519> beside = domain.dkim().ed25519().filter(Ed25519::signs);
        if (beside.isPresent()) {
            signers.add(signer(domain, beside.get().current().key()));
        }
        return signers;
    }

    private SigningKey signer(Identity domain, DkimKey key) throws IOException {
        return new SigningKey(domain.name().domain(), key.selector(), opened(domain, key));
    }

    private static boolean signs(Dkim dkim) {
        return dkim.enabled() && dkim.proof().holds() && !dkim.keys().isEmpty();
    }

    private PrivateKey opened(Identity domain, DkimKey key) throws IOException {
        Signer signer = new Signer(domain.scope(), domain.name(), key.type());
        Opened known = open.get(signer);
        if (known != null && known.is(key)) {
            return known.key;
        }
        PrivateKey opened = keys.open(domain, key);
        if (open.size() >= MOST_OPEN) {
            open.clear();
        }
        open.put(signer, new Opened(key.selector(), key.publicKey(), opened));
        return opened;
    }
}
