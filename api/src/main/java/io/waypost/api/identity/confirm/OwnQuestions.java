package io.waypost.api.identity.confirm;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Confirmation;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.Ownership;
import io.waypost.api.identity.Proof;
import io.waypost.api.identity.Redirects;
import io.waypost.api.identity.Tokens;
import io.waypost.api.identity.Verification;
import io.waypost.message.Scope;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Links for owners of addresses whom an account asks in words of its own. The caller sends the mail; {@link ConfirmationPage} knows the
 * link again. Safe for all threads.
 */
public final class OwnQuestions {

    private final IdentityBook book;
    private final Verification verification;
    private final URI base;
    private final Tokens tokens;
    private final Clock clock;

    /** @param base the address under which people reach the HTTP door */
    public OwnQuestions(IdentityBook book, Verification verification, URI base, Tokens tokens, Clock clock) {
        this.book = book;
        this.verification = verification;
        this.base = base;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A question that can be sent.
     *
     * @param link where the owner answers; a secret between him and the server
     */
    public record Question(
            Scope scope, IdentityName address, String link, Confirmation asked, Optional<Identity> before) {

        @Override
        public String toString() {
            return "Question[" + address + "]";
        }
    }

    /**
     * Makes the address an identity if it is none, pending unless it is verified. Durable when it returns.
     *
     * @throws ServiceException LimitExceededException; Throttling when its owner has just been asked
     */
    public Question begin(Scope scope, IdentityName address, Redirects redirects) throws ServiceException, IOException {
        String token = tokens.link();
        Instant now = clock.instant();
        Confirmation mine = new Confirmation(Tokens.digest(token), now, Optional.of(redirects));
        AtomicReference<Optional<Identity>> known = new AtomicReference<>(Optional.empty());
        book.change(scope, address, before -> {
            known.set(before);
            if (before.isEmpty() && book.count(scope) >= Identities.MOST) {
                throw new ServiceException(
                        "LimitExceededException",
                        "There are " + Identities.MOST + " identities already, and no more can be made.");
            }
            Identity there = before.orElseGet(() -> Identity.fresh(scope, address, now));
            if (Confirmations.isFresh(there, now)) {
                throw new ServiceException(
                        "Throttling", "The owner of " + address + " was asked less than a minute ago.");
            }
            Ownership asked = there.ownership().withConfirmation(Optional.of(mine));
            return Optional.of(there.withOwnership(there.isVerified() ? asked : asked.withProof(proof(now))));
        });
        return new Question(scope, address, Confirmations.link(base, token), mine, known.get());
    }

    private Proof proof(Instant now) {
        return verification == Verification.AT_ONCE ? Proof.success(now) : Proof.pending(now);
    }

    /** Undoes what {@link #begin} did, when nothing was sent: the owner may be asked again at once. */
    public void takeBack(Question question) throws IOException {
        try {
            book.change(
                    question.scope,
                    question.address,
                    there -> there.filter(it -> it.ownership().confirmation().equals(Optional.of(question.asked)))
                                    .isPresent()
                            ? question.before.map(it -> there.get().withOwnership(it.ownership()))
                            : there);
        } catch (ServiceException e) {
            throw new IllegalStateException("this edit refuses nothing", e);
        }
    }
}
