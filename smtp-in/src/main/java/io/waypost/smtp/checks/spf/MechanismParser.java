package io.waypost.smtp.checks.spf;

import io.waypost.smtp.Cidr;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** Reads one mechanism without its qualifier (RFC 7208 5, 12). */
final class MechanismParser {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private MechanismParser() {}

    static Mechanism parse(String term) throws SpfError {
        int end = 0;
        while (end < term.length() && term.charAt(end) != ':' && term.charAt(end) != '/') {
            end++;
        }
        String rest = term.substring(end);
        return switch (term.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "all" -> {
                if (!rest.isEmpty()) {
                    throw broken(term);
                }
                yield new Mechanism.All();
            }
            case "include" -> new Mechanism.Include(MacroParser.domainSpec(argument(rest, term)));
            case "exists" -> new Mechanism.Exists(MacroParser.domainSpec(argument(rest, term)));
            case "ptr" -> new Mechanism.Ptr(domain(rest, term));
            case "a" -> {
                int at = prefixesAt(rest);
                yield new Mechanism.A(domain(rest.substring(0, at), term), prefixes(rest.substring(at), term));
            }
            case "mx" -> {
                int at = prefixesAt(rest);
                yield new Mechanism.Mx(domain(rest.substring(0, at), term), prefixes(rest.substring(at), term));
            }
            case "ip4" -> network(argument(rest, term), IPV4_BITS, term);
            case "ip6" -> network(argument(rest, term), IPV6_BITS, term);
            default -> throw SpfError.permanent("unknown mechanism \"" + SafeText.quotation(term) + "\"");
        };
    }

    private static String argument(String rest, String term) throws SpfError {
        if (!rest.startsWith(":")) {
            throw broken(term);
        }
        return rest.substring(1);
    }

    private static Optional<MacroString> domain(String rest, String term) throws SpfError {
        return rest.isEmpty() ? Optional.empty() : Optional.of(MacroParser.domainSpec(argument(rest, term)));
    }

    /** Where {@code [/24][//64]} begins: slashes may stand in the domain before it, too. */
    private static int prefixesAt(String rest) {
        int end = rest.length();
        int digits = digitsBefore(rest, end);
        if (digits < end && rest.startsWith("//", digits - 2)) {
            end = digits - 2;
            digits = digitsBefore(rest, end);
        }
        return digits < end && rest.startsWith("/", digits - 1) ? digits - 1 : end;
    }

    private static int digitsBefore(String text, int end) {
        int at = end;
        while (at > 0 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9') {
            at--;
        }
        return at;
    }

    private static Mechanism.Prefixes prefixes(String text, String term) throws SpfError {
        int six = text.indexOf("//");
        String four = six < 0 ? text : text.substring(0, six);
        return new Mechanism.Prefixes(
                four.isEmpty() ? IPV4_BITS : prefix(four.substring(1), IPV4_BITS, term),
                six < 0 ? IPV6_BITS : prefix(text.substring(six + 2), IPV6_BITS, term));
    }

    private static Mechanism network(String text, int bits, String term) throws SpfError {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits, term);
        Optional<InetAddress> network = bits == IPV4_BITS ? IpText.ipv4(address) : IpText.ipv6(address);
        return new Mechanism.Network(new Cidr(network.orElseThrow(() -> broken(term)), prefix));
    }

    /** No leading zeros, and no more than there are bits. */
    private static int prefix(String digits, int bits, String term) throws SpfError {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= 3
                && digitsBefore(digits, digits.length()) == 0
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!isNumber || Integer.parseInt(digits) > bits) {
            throw broken(term);
        }
        return Integer.parseInt(digits);
    }

    private static SpfError broken(String term) {
        return SpfError.permanent("syntax error in \"" + SafeText.quotation(term) + "\"");
    }
}
