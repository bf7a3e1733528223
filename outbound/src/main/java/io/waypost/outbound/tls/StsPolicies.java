package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import io.waypost.message.port.Dns;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MTA-STS policies of domains (RFC 8461 5.1): fetched when the record's id is a new one, kept until their time is over whatever
 * becomes of record and host, so that nobody who can disturb DNS or HTTPS for an hour can take them away. Safe for all threads.
 */
public final class StsPolicies {

    private static final Logger LOG = LoggerFactory.getLogger(StsPolicies.class);

    static final int MOST_KEPT = 10_000;

    /** RFC 8461 3.3: a host that does not answer is not asked again by every mail. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** A policy is fetched again within its time, so that it does not run out between two mails. */
    private static final Duration REFRESH = Duration.ofDays(1);

    /** A policy that no mail has asked for in so long a time may run out. */
    private static final Duration USE = Duration.ofDays(30);

    /** One round of refreshing is no storm. */
    static final int MOST_AT_ONCE = 500;

    private final Dns dns;
    private final PolicySource source;
    private final PolicyShelf shelf;
    private final Clock clock;
    private final ReentrantLock[] locks = new ReentrantLock[64];
    private final Map<Domain, KeptPolicy> kept = new ConcurrentHashMap<>();
    private final Map<Domain, Instant> used = new ConcurrentHashMap<>();
    private final Map<Domain, Instant> pauses = new ConcurrentHashMap<>();

    /** @param shelf where policies outlive the process */
    public StsPolicies(Dns dns, PolicySource source, PolicyShelf shelf, Clock clock) {
        this.dns = dns;
        this.source = source;
        this.shelf = shelf;
        this.clock = clock;
        Instant now = clock.instant();
        kept.putAll(shelf.all(now));
        kept.keySet().forEach(domain -> used.put(domain, now));
        java.util.Arrays.setAll(locks, i -> new ReentrantLock());
    }

    /** The policy in force for a domain. Blocks while it is fetched for the first time. */
    public Optional<StsPolicy> of(Domain domain) {
        if (domain.isLiteral()) {
            return Optional.empty();
        }
        Optional<String> id = announced(domain);
        Optional<KeptPolicy> known = known(domain);
        known.ifPresent(policy -> used.put(domain, clock.instant()));
        if (id.isEmpty() || known.isPresent() && isFresh(known.get(), id.get())) {
            return known.map(KeptPolicy::policy);
        }
        ReentrantLock lock = locks[Math.floorMod(domain.hashCode(), locks.length)];
        lock.lock();
        try {
            known = known(domain);
            if (known.isPresent() && isFresh(known.get(), id.get()) || isPausing(domain)) {
                return known.map(KeptPolicy::policy);
            }
            return fetch(domain, id.get()).or(() -> known(domain)).map(KeptPolicy::policy);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fetches the policies again that are in use and will not be fresh any more, whatever DNS says of them: who keeps the record from us
     * does not make a policy run out (RFC 8461 10.2). One that cannot be fetched stays as it is. Blocks for as long as their hosts take;
     * an interrupt ends it.
     */
    public void refresh() {
        Instant now = clock.instant();
        used.keySet().retainAll(kept.keySet());
        List<Domain> due = kept.entrySet().stream()
                .filter(entry -> !isYoung(entry.getValue())
                        && !entry.getValue().isOver(now)
                        && used.getOrDefault(entry.getKey(), Instant.MIN).isAfter(now.minus(USE)))
                .sorted(Comparator.comparing(entry -> entry.getValue().end()))
                .limit(MOST_AT_ONCE)
                .map(Map.Entry::getKey)
                .toList();
        for (Domain domain : due) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            refresh(domain);
        }
    }

    private void refresh(Domain domain) {
        Optional<String> id = announced(domain);
        ReentrantLock lock = locks[Math.floorMod(domain.hashCode(), locks.length)];
        lock.lock();
        try {
            Optional<KeptPolicy> known = known(domain);
            if (known.isPresent() && !isYoung(known.get()) && !isPausing(domain)) {
                var unused = fetch(domain, id.orElse(known.get().id()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The id of the policy that the domain announces. */
    private Optional<String> announced(Domain domain) {
        return switch (dns.texts("_mta-sts." + domain.name())) {
            case Dns.Found<String> found -> StsRecord.id(found.records());
            case Dns.NoRecords<String> none -> Optional.empty();
            case Dns.NoName<String> none -> Optional.empty();
            case Dns.Unknown<String> unknown -> Optional.empty();
        };
    }

    private boolean isFresh(KeptPolicy policy, String id) {
        return policy.id().equals(id) && isYoung(policy);
    }

    private boolean isYoung(KeptPolicy policy) {
        Duration half = policy.policy().maxAge().dividedBy(2);
        Duration refresh = half.compareTo(REFRESH) < 0 ? half : REFRESH;
        return clock.instant().isBefore(policy.fetchedAt().plus(refresh));
    }

    private boolean isPausing(Domain domain) {
        Instant until = pauses.get(domain);
        return until != null && clock.instant().isBefore(until);
    }

    private Optional<KeptPolicy> known(Domain domain) {
        return Optional.ofNullable(kept.get(domain)).filter(policy -> !policy.isOver(clock.instant()));
    }

    private Optional<KeptPolicy> fetch(Domain domain, String id) {
        try {
            String text = source.fetch(domain);
            StsPolicy policy = StsPolicy.read(text).orElseThrow(() -> new IOException("what was fetched is no policy"));
            KeptPolicy fetched = new KeptPolicy(id, clock.instant(), text, policy);
            keep(domain, fetched);
            pauses.remove(domain);
            shelf.put(domain, fetched);
            return Optional.of(fetched);
        } catch (IOException e) {
            LOG.info("the MTA-STS policy of {} cannot be had: {}", domain, e.getMessage());
            if (pauses.size() > MOST_KEPT) {
                pauses.clear();
            }
            pauses.put(domain, clock.instant().plus(PAUSE));
            return Optional.empty();
        }
    }

    private void keep(Domain domain, KeptPolicy policy) {
        if (kept.size() >= MOST_KEPT) {
            Instant now = clock.instant();
            kept.values().removeIf(old -> old.isOver(now));
            if (kept.size() >= MOST_KEPT) {
                kept.keySet().stream().findAny().ifPresent(kept::remove);
            }
        }
        kept.put(domain, policy);
        used.putIfAbsent(domain, clock.instant());
    }
}
