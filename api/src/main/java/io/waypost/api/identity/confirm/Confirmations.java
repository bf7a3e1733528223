package io.waypost.api.identity.confirm;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.AddressProof;
import io.waypost.api.identity.Confirmation;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.Proof;
import io.waypost.api.identity.Redirects;
import io.waypost.api.identity.Tokens;
import io.waypost.api.identity.VerificationState;
import io.waypost.message.EmailAddress;
import io.waypost.message.ReversePath;
import io.waypost.message.Scope;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends links to the owners of addresses, and knows them again. Safe for all threads. */
public final class Confirmations implements AddressProof {

    /** Nobody's mailbox is filled: in this time an address gets one mail, however often somebody asks. */
    static final Duration BETWEEN_MAILS = Duration.ofMinutes(1);

    private final IdentityBook book;
    private final Submission submission;
    private final String hostname;
    private final URI base;
    private final Tokens tokens;
    private final Clock clock;

    /**
     * @param hostname this server's own name: the mails come from {@code no-reply} at it
     * @param base the address under which people reach the HTTP door, such as {@code https://mail.example.com}
     */
    public Confirmations(
            IdentityBook book, Submission submission, String hostname, URI base, Tokens tokens, Clock clock) {
        this.book = book;
        this.submission = submission;
        this.hostname = hostname;
        this.base = base;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void ask(Scope scope, IdentityName address) throws IOException {
        String token = tokens.link();
        Instant now = clock.instant();
        Optional<Confirmation> mine = Optional.of(new Confirmation(Tokens.digest(token), now));
        Optional<Identity> asked = change(
                scope,
                address,
                there -> there.isVerified() || isFresh(there, now)
                        ? there
                        : there.withOwnership(
                                there.ownership().withProof(Proof.pending(now)).withConfirmation(mine)));
        if (asked.isEmpty() || !asked.get().ownership().confirmation().equals(mine)) {
            return;
        }
        try {
            send(scope, address, token, now);
        } catch (IOException e) {
            // Nothing was sent: the next request must not find that the owner has just been asked.
            change(
                    scope,
                    address,
                    there -> there.ownership().confirmation().equals(mine)
                            ? there.withOwnership(there.ownership().withConfirmation(Optional.empty()))
                            : there);
            throw e;
        }
    }

    private void send(Scope scope, IdentityName address, String token, Instant now) throws IOException {
        String link = link(base, token);
        String digest = Tokens.digest(token);
        submission.submit(
                // Nobody reads what would come back.
                ReversePath.NULL,
                List.of(EmailAddress.of(address.text())),
                new ConfirmationMail(hostname, address, scope, link, digest.substring(0, 32), now).compose(),
                Optional.of("confirmation " + digest));
    }

    /** Where the owner answers. */
    static String link(URI base, String token) {
        String text = base.toString();
        return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + ConfirmationPage.PATH + "?token="
                + token;
    }

    /** Where somebody is sent whose link can do nothing now, if its account said so: it was used, or is too old. */
    Optional<URI> elsewhere(String token) {
        return book.byLink(token).flatMap(identity -> redirects(identity)
                .map(to -> URI.create(identity.isVerified() ? to.success() : to.failure())));
    }

    static Optional<Redirects> redirects(Identity identity) {
        return identity.ownership().confirmation().flatMap(Confirmation::redirects);
    }

    /** Whose link it is, as long as it is good and not used. */
    Optional<Identity> pending(String token) {
        return book.byLink(token).filter(identity -> isGood(identity, token));
    }

    /**
     * Verifies the address that the link was sent to. A link works once.
     *
     * @return what was verified; nothing when the link is not good
     * @throws IOException when the store cannot take it now
     */
    Optional<Identity> confirm(String token) throws IOException {
        Optional<Identity> pending = pending(token);
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        Optional<Identity> after = change(
                pending.get().scope(),
                pending.get().name(),
                there -> isGood(there, token)
                        ? there.withOwnership(there.ownership()
                                .withProof(Proof.success(clock.instant()))
                                // A link that leads elsewhere does so ever after.
                                .withConfirmation(
                                        there.ownership().confirmation().filter(link -> link.redirects()
                                                .isPresent())))
                        : there);
        return after.filter(Identity::isVerified);
    }

    private boolean isGood(Identity identity, String token) {
        String digest = Tokens.digest(token);
        return identity.ownership().proof().state() == VerificationState.PENDING
                && identity.ownership()
                        .confirmation()
                        .filter(link -> link.tokenDigest().equals(digest) && !link.isOver(clock.instant()))
                        .isPresent();
    }

    static boolean isFresh(Identity identity, Instant now) {
        return identity.ownership()
                .confirmation()
                .filter(link -> now.isBefore(link.sentAt().plus(BETWEEN_MAILS)))
                .isPresent();
    }

    private interface Edit {
        Identity of(Identity there);
    }

    private Optional<Identity> change(Scope scope, IdentityName name, Edit edit) throws IOException {
        try {
            return book.change(scope, name, before -> before.map(edit::of));
        } catch (ServiceException e) {
            throw new IllegalStateException("these edits refuse nothing", e);
        }
    }
}
