package io.waypost.outbound.tls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain's MTA-STS policy (RFC 8461 3.2).
 *
 * @param mode what it asks for
 * @param maxAge how long it may be kept
 * @param exchangers patterns of the names that exchangers must have, lower case; at least one unless the mode is none
 */
public record StsPolicy(Mode mode, Duration maxAge, List<String> exchangers) {

    private static final long YEAR = 31_557_600;
    private static final int MOST_EXCHANGERS = 100;

    /** RFC 8461 5. */
    public enum Mode {
        ENFORCE,
        TESTING,
        NONE
    }

    public StsPolicy {
        exchangers = List.copyOf(exchangers);
    }

    /** Whether a host of this name may get the mail. */
    boolean allows(String host) {
        return exchangers.stream().anyMatch(pattern -> HostPattern.matches(pattern, host));
    }

    /** Reads the text of a policy; nothing when it is none. Unknown keys are passed over, of a key that stands twice the first counts. */
    static Optional<StsPolicy> read(String text) {
        Optional<Mode> mode = Optional.empty();
        Optional<Duration> maxAge = Optional.empty();
        boolean version = false;
        List<String> exchangers = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            String key = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            // The version stands first by habit; the standard lets it stand anywhere.
            switch (key) {
                case "version" -> {
                    if (!value.equals("STSv1")) {
                        return Optional.empty();
                    }
                    version = true;
                }
                case "mode" -> {
                    if (mode.isEmpty()) {
                        mode = mode(value);
                        if (mode.isEmpty()) {
                            return Optional.empty();
                        }
                    }
                }
                case "max_age" -> {
                    if (maxAge.isEmpty()) {
                        if (!value.matches("\\d{1,10}")) {
                            return Optional.empty();
                        }
                        maxAge = Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(value), YEAR)));
                    }
                }
                case "mx" -> {
                    if (exchangers.size() < MOST_EXCHANGERS) {
                        exchangers.add(value.toLowerCase(Locale.ROOT));
                    }
                }
                default -> {}
            }
        }
        if (!version || mode.isEmpty() || maxAge.isEmpty()) {
            return Optional.empty();
        }
        return exchangers.isEmpty() && mode.get() != Mode.NONE
                ? Optional.empty()
                : Optional.of(new StsPolicy(mode.get(), maxAge.get(), exchangers));
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }
}
