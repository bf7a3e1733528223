package io.waypost.smtp.checks.dmarc;

import io.waypost.message.Verdicts.Dmarc.Policy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A DMARC Policy Record (RFC 9989 4.7, 4.8): the tags that matter to who judges a mail.
 *
 * @param policy {@code p=}; none where it is absent (RFC 9989 4.7)
 * @param subdomains {@code sp=}
 * @param nonExistent {@code np=}
 * @param publicSuffix {@code psd=}
 * @param strictDkim {@code adkim=s}
 * @param strictSpf {@code aspf=s}
 * @param testing {@code t=y}
 * @param unusable a policy cannot be read and nobody asks for reports: no DMARC for the mail (RFC 9989 4.10.1)
 */
record DmarcRecord(
        Policy policy,
        Optional<Policy> subdomains,
        Optional<Policy> nonExistent,
        PublicSuffix publicSuffix,
        boolean strictDkim,
        boolean strictSpf,
        boolean testing,
        boolean unusable) {

    /** {@code psd=}. */
    enum PublicSuffix {
        YES,
        NO,
        UNSAID
    }

    // Case counts in the version (RFC 9989 4.7), and in all tags' names (RFC 6376 3.2).
    private static final Pattern VERSION = Pattern.compile("v[ \\t]*=[ \\t]*DMARC1[ \\t]*(?:;|$)");

    // RFC 9989 4.6: a size behind an exclamation mark is obsolete and ignored.
    private static final Pattern SIZE = Pattern.compile("![0-9]+[kmgtKMGT]?$");

    /** Empty for a text that is no DMARC record at all. */
    static Optional<DmarcRecord> parse(String text) {
        return VERSION.matcher(text).lookingAt() ? Optional.of(of(tags(text))) : Optional.empty();
    }

    private static DmarcRecord of(Map<String, String> tags) {
        Optional<Policy> policy = policy(tags.get("p"));
        Optional<Policy> subdomains = policy(tags.get("sp"));
        Optional<Policy> nonExistent = policy(tags.get("np"));
        boolean broken = tags.containsKey("p") && policy.isEmpty()
                || tags.containsKey("sp") && subdomains.isEmpty()
                || tags.containsKey("np") && nonExistent.isEmpty();
        return new DmarcRecord(
                // RFC 9989 4.10.1: a broken policy whose owner reads reports counts as p=none.
                broken ? Policy.NONE : policy.orElse(Policy.NONE),
                broken ? Optional.empty() : subdomains,
                broken ? Optional.empty() : nonExistent,
                publicSuffix(tags.get("psd")),
                "s".equalsIgnoreCase(tags.get("adkim")),
                "s".equalsIgnoreCase(tags.get("aspf")),
                "y".equalsIgnoreCase(tags.get("t")),
                broken && !hasReportAddress(tags.getOrDefault("rua", "")));
    }

    /** RFC 9989 4.8: an error is passed over; of a tag that is said twice the first counts. */
    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : text.split(";")) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        tag.substring(0, equals).strip(),
                        tag.substring(equals + 1).strip());
            }
        }
        return tags;
    }

    private static Optional<Policy> policy(@Nullable String value) {
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(Policy.NONE);
            case "quarantine" -> Optional.of(Policy.QUARANTINE);
            case "reject" -> Optional.of(Policy.REJECT);
            default -> Optional.empty();
        };
    }

    private static PublicSuffix publicSuffix(@Nullable String value) {
        return switch (value == null ? "" : value.toLowerCase(Locale.ROOT)) {
            case "y" -> PublicSuffix.YES;
            case "n" -> PublicSuffix.NO;
            default -> PublicSuffix.UNSAID;
        };
    }

    private static boolean hasReportAddress(String list) {
        for (String address : list.split(",")) {
            try {
                URI uri = new URI(SIZE.matcher(address.strip()).replaceFirst(""));
                if (uri.isAbsolute()) {
                    return true;
                }
            } catch (URISyntaxException e) {
                // Not this one.
            }
        }
        return false;
    }
}
