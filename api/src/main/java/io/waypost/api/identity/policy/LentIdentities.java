package io.waypost.api.identity.policy;

import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityArn;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.SendingBook;
import io.waypost.message.EmailAddress;
import io.waypost.outbound.port.SendingAuthorization;
import io.waypost.outbound.port.SendingIdentity;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of identities in force. Each text is read once. Safe for all threads. */
public final class LentIdentities implements SendingAuthorization {

    private static final Logger LOG = LoggerFactory.getLogger(LentIdentities.class);

    /** Policies that are kept read; beyond, all are read anew. */
    private static final int MOST_READ = 5_000;

    private final IdentityBook book;
    private final SendingBook sending;
    private final Clock clock;
    private final ConcurrentMap<Text, Policy> read = new ConcurrentHashMap<>();

    private record Text(String policy, String arn) {}

    public LentIdentities(IdentityBook book, SendingBook sending, Clock clock) {
        this.book = book;
        this.sending = sending;
        this.clock = clock;
    }

    @Override
    public Optional<SendingIdentity> lent(String arn, EmailAddress address, Use use) throws IOException {
        Optional<IdentityArn> named = IdentityArn.parse(arn)
                .filter(it -> it.scope().region().equals(use.scope().region()));
        Optional<Identity> identity = named.flatMap(it -> book.find(it.scope(), it.name()));
        if (identity.isEmpty() || answer(identity.get(), use) != Policy.Answer.ALLOWED) {
            return Optional.empty();
        }
        return sending.named(identity.get().scope(), identity.get().name(), address)
                .map(it -> it.withConfigurationSet(Optional.empty()));
    }

    @Override
    public boolean isForbidden(SendingIdentity own, Use use) {
        return IdentityArn.parse(own.arn())
                .flatMap(it -> book.find(it.scope(), it.name()))
                .filter(it -> answer(it, use) == Policy.Answer.FORBIDDEN)
                .isPresent();
    }

    private Policy.Answer answer(Identity identity, Use use) {
        Collection<String> policies = identity.policies().values();
        if (policies.isEmpty()) {
            return Policy.Answer.SILENT;
        }
        Attempt attempt = Attempt.of(use, Instant.now(clock));
        Policy.Answer answer = Policy.Answer.SILENT;
        for (String text : policies) {
            Policy.Answer one = answer(new Text(text, IdentityPolicies.arn(identity)), attempt);
            answer = one.compareTo(answer) > 0 ? one : answer;
        }
        return answer;
    }

    private Policy.Answer answer(Text text, Attempt attempt) {
        Policy known = read.get(text);
        if (known == null) {
            try {
                known = PolicyReader.read(text.policy, text.arn);
            } catch (PolicyFaultException e) {
                // It was read before it was kept; what cannot be read may forbid this.
                LOG.error("a stored policy of {} cannot be read: {}", text.arn, e.words());
                return Policy.Answer.FORBIDDEN;
            }
            if (read.size() >= MOST_READ) {
                read.clear();
            }
            read.put(text, known);
        }
        return known.answer(attempt);
    }
}
