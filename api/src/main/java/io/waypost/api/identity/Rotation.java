package io.waypost.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which key signs, after DNS was asked for all of them. Nothing is signed with a key that DNS does not show while it shows another one
 * that could sign. Pure.
 */
public final class Rotation {

    /** Where nothing needs DNS, one key after the other can be retired; the oldest ones are forgotten. */
    private static final int MOST_RETIRED = 10;

    private Rotation() {}

    /**
     * What becomes of an identity's keys.
     *
     * @param found what DNS said of each key; where one of the keys is missing, nobody asked for it, and nothing changes for it
     * @param stayPublished how long a key's record is needed after the last signature that was made with it
     */
    public static Dkim after(Dkim dkim, Map<DkimKey, Finding> found, Instant now, Duration stayPublished) {
        Dkim looked = dkim.withNext(dkim.next().map(next -> together(next.keys(), found)
                .map(finding -> next.withProof(next.proof().after(finding, now)))
                .orElse(next)));
        boolean ready = looked.next().map(next -> next.proof().holds()).orElse(false);
        Dkim current = ready ? switched(looked, now, stayPublished) : looked;
        Optional<Finding> all = together(current.keys(), found);
        Dkim proved = all.isPresent() ? current.withProof(current.proof().after(all.get(), now)) : current;
        Dkim both = shownEd25519(shownFirst(proved, found), found, now, stayPublished);
        return both.withRetired(both.retired().stream()
                .filter(key -> key.publishedUntil().isAfter(now))
                .toList());
    }

    /** The next keys sign from now on, the one that signed is retired. */
    static Dkim switched(Dkim dkim, Instant now, Duration stayPublished) {
        NextKeys next = dkim.next().orElseThrow();
        List<DkimKey> keys = keysThen(dkim, next);
        List<RetiredKey> retired = dkim.keys().isEmpty()
                ? new ArrayList<>(dkim.retired())
                : retired(dkim, dkim.keys().getFirst(), now.plus(stayPublished));
        // Two records below one selector are none (RFC 6376 3.6.2.2).
        retired.removeIf(old -> keys.stream().anyMatch(key -> key.selector().equals(old.selector())));
        Proof proof = reserveStays(dkim, next) && dkim.proof().state() != VerificationState.FAILED
                ? dkim.proof()
                : next.proof();
        return new Dkim(
                dkim.enabled(),
                next.origin(),
                keys,
                proof,
                next.length(),
                next.generatedAt(),
                Optional.empty(),
                dkim.ed25519(),
                retired);
    }

    private static List<RetiredKey> retired(Dkim dkim, DkimKey key, Instant publishedUntil) {
        List<RetiredKey> all = new ArrayList<>(dkim.retired());
        all.add(RetiredKey.of(key, publishedUntil));
        return new ArrayList<>(all.subList(Math.max(0, all.size() - MOST_RETIRED), all.size()));
    }

    private static Dkim shownEd25519(Dkim dkim, Map<DkimKey, Finding> found, Instant now, Duration stayPublished) {
        if (dkim.ed25519().isEmpty()) {
            return dkim;
        }
        Ed25519 looked = dkim.ed25519().get().after(found, now);
        Dkim proved = dkim.withEd25519(Optional.of(looked));
        return looked.next().filter(next -> next.proof().holds()).isPresent()
                ? withoutEd25519(proved, now, stayPublished)
                        .withEd25519(looked.next().map(next -> new Ed25519(next, Optional.empty())))
                : proved;
    }

    /** Nothing is signed with the Ed25519 key any more; its record is needed for a while where something was. */
    static Dkim withoutEd25519(Dkim dkim, Instant now, Duration stayPublished) {
        Dkim without = dkim.withEd25519(Optional.empty());
        return dkim.ed25519()
                .map(Ed25519::current)
                .filter(key -> key.proof().lastSuccess().isPresent())
                .map(key -> without.withRetired(retired(dkim, key.key(), now.plus(stayPublished))))
                .orElse(without);
    }

    /** All keys once the next ones are in use. */
    static List<DkimKey> keysThen(Dkim dkim, NextKeys next) {
        List<DkimKey> keys = new ArrayList<>(next.keys());
        if (reserveStays(dkim, next)) {
            dkim.keys().stream().skip(1).forEach(keys::add);
        }
        return keys;
    }

    // One that the server made follows another; whoever brings a key wants no others.
    private static boolean reserveStays(Dkim dkim, NextKeys next) {
        return dkim.origin() == Dkim.Origin.AWS_SES && next.origin() == Dkim.Origin.AWS_SES;
    }

    /** A key in reserve takes over from one whose record is gone. */
    private static Dkim shownFirst(Dkim dkim, Map<DkimKey, Finding> found) {
        if (!dkim.proof().holds()
                || dkim.keys().isEmpty()
                || !isGone(found.get(dkim.keys().getFirst()))) {
            return dkim;
        }
        return dkim.keys().stream()
                .filter(key -> found.get(key) == Finding.PRESENT)
                .findFirst()
                .map(shown -> {
                    List<DkimKey> keys = new ArrayList<>(dkim.keys());
                    keys.remove(shown);
                    keys.addFirst(shown);
                    return dkim.withKeys(keys);
                })
                .orElse(dkim);
    }

    private static boolean isGone(@Nullable Finding finding) {
        return finding != null && finding != Finding.PRESENT && finding != Finding.DNS_SERVER_ERROR;
    }

    private static Optional<Finding> together(List<DkimKey> keys, Map<DkimKey, Finding> found) {
        return found.keySet().containsAll(keys)
                ? keys.stream()
                        .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
                        .reduce(Finding::and)
                : Optional.empty();
    }
}
