package io.waypost.smtp.checks.results;

import io.waypost.message.Verdicts;
import io.waypost.message.Verdicts.Dmarc.Policy;
import io.waypost.smtp.checks.dmarc.DmarcResult;
import io.waypost.smtp.checks.results.MethodResult.Property;
import io.waypost.smtp.checks.syntax.DomainName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The statements of an Authentication-Results field with the properties that are registered for each method (IANA, RFC 8601 2.7). */
public final class Methods {

    // RFC 6008 4: at least eight characters, more only where two signatures share them.
    private static final int SIGNATURE_CHARACTERS = 8;

    private Methods() {}

    /**
     * @param comment how it came about, in Amazon SES' manner {@code spfCheck: ...}; may be empty
     * @param mailFrom the envelope sender, empty for a null one
     */
    public static MethodResult spf(String result, String comment, String mailFrom, String helo) {
        List<Property> properties = new ArrayList<>();
        if (!mailFrom.isEmpty()) {
            properties.add(new Property("smtp", "mailfrom", address(mailFrom)));
        }
        properties.add(new Property("smtp", "helo", domain(helo)));
        return new MethodResult("spf", result, Optional.empty(), text(comment), properties);
    }

    /**
     * @param signature the value of {@code b=}, of which the beginning is told (RFC 6008); may be empty
     */
    public static MethodResult dkim(Verdicts.Signature verdict, String signature) {
        List<Property> properties = new ArrayList<>();
        if (!verdict.domain().isEmpty()) {
            properties.add(new Property("header", "d", domain(verdict.domain())));
        }
        if (!verdict.selector().isEmpty()) {
            properties.add(new Property("header", "s", domain(verdict.selector())));
        }
        if (!signature.isEmpty()) {
            properties.add(new Property(
                    "header", "b", signature.substring(0, Math.min(SIGNATURE_CHARACTERS, signature.length()))));
        }
        return new MethodResult("dkim", verdict.result(), text(verdict.reason()), Optional.empty(), properties);
    }

    /** For a mail that did not pass with its reason; without a From that could be judged, without {@code header.from}. */
    public static MethodResult dmarc(DmarcResult dmarc) {
        List<Property> properties = new ArrayList<>();
        dmarc.fromDomain().ifPresent(from -> properties.add(new Property("header", "from", from)));
        dmarc.policy().ifPresent(policy -> properties.add(new Property("policy", "dmarc", word(policy))));
        Optional<String> reason = dmarc.result() == DmarcResult.Result.PASS ? Optional.empty() : text(dmarc.reason());
        Optional<String> comment = dmarc.policy().map(policy -> "p=" + word(policy) + (dmarc.testing() ? ", t=y" : ""));
        return new MethodResult("dmarc", dmarc.result().word(), reason, comment, properties);
    }

    /**
     * @param client who handed the mail over to us, which a validated chain lets us look behind (RFC 8617 6)
     */
    public static MethodResult arc(String result, String reason, InetAddress client) {
        return new MethodResult(
                "arc",
                result,
                text(reason),
                Optional.empty(),
                List.of(new Property("smtp", "remote-ip", client.getHostAddress())));
    }

    /** Whether the client's name and address confirm each other (RFC 8601 3). */
    public static MethodResult iprev(String result, InetAddress client) {
        return new MethodResult(
                "iprev",
                result,
                Optional.empty(),
                Optional.empty(),
                List.of(new Property("policy", "iprev", client.getHostAddress())));
    }

    /** A block list on which the client stands. The method is not registered; its properties are {@code dnswl}'s (RFC 8904). */
    public static MethodResult dnsbl(String zone, InetAddress client) {
        return new MethodResult(
                "dnsbl",
                "fail",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new Property("dns", "zone", domain(zone)),
                        new Property("policy", "ip", client.getHostAddress())));
    }

    private static String word(Policy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String address(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + domain(address.substring(at + 1));
    }

    /** As A-labels where it is a name, so that all readers can read it (RFC 8616 3). */
    private static String domain(String domain) {
        return DomainName.of(domain).map(DomainName::name).orElse(domain);
    }
}
