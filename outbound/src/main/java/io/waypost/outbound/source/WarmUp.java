package io.waypost.outbound.source;

import io.waypost.outbound.port.SourceAddressChanges.Warmth;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many recipients a new address may send to on each of its first days: an address without a history that sends much at once is
 * taken for a spammer's.
 *
 * @param from the first day, in UTC
 * @param recipients of the first day, the second and so on; behind the last there is no limit
 */
public record WarmUp(LocalDate from, List<Integer> recipients) {

    /** Doubles about every other day, to 50,000 a day after four weeks; for who has no table of his own. */
    public static final List<Integer> STANDARD = List.of(
            50, 100, 150, 200, 300, 400, 600, 800, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000,
            10_000, 12_000, 15_000, 18_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000);

    public WarmUp {
        recipients = List.copyOf(recipients);
    }

    /** One that has come so far on that day. */
    static WarmUp reached(List<Integer> recipients, Warmth warmth) {
        return new WarmUp(warmth.on().minusDays((long) recipients.size() * warmth.percentage() / 100), recipients);
    }

    /** The limit of a day; nothing when there is none any more. Before the first day the limit is its. */
    OptionalInt limit(LocalDate day) {
        long index = Math.max(0, ChronoUnit.DAYS.between(from, day));
        return index < recipients.size() ? OptionalInt.of(recipients.get((int) index)) : OptionalInt.empty();
    }
}
