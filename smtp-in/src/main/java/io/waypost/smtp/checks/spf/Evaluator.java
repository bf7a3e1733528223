package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns;
import io.waypost.message.port.Dns.Family;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** {@code check_host()} of RFC 7208 4, for one mail. Recursion ends with the limit of terms. */
final class Evaluator {

    // RFC 7208 4.6.4.
    private static final int MOST_EXCHANGERS = 10;

    private final Subject subject;
    private final Dns dns;
    private final Lookups lookups;
    private final ClientNames names;
    private final MacroExpander macros;

    Evaluator(Subject subject, Dns dns, Lookups lookups, ClientNames names, MacroExpander macros) {
        this.subject = subject;
        this.dns = dns;
        this.lookups = lookups;
        this.names = names;
        this.macros = macros;
    }

    /**
     * What one domain's policy says.
     *
     * @param domain whose policy it was: the last target of redirects
     * @param directive what matched; empty where nothing did
     * @param explanation where that record has its text for those who fail
     */
    record Finding(Result result, String domain, Optional<Directive> directive, Optional<MacroString> explanation) {}

    /** The domain is qualified. */
    Finding check(String domain) throws SpfError {
        Optional<SpfRecord> found = record(domain);
        if (found.isEmpty()) {
            return new Finding(Result.NONE, domain, Optional.empty(), Optional.empty());
        }
        SpfRecord record = found.get();
        for (Directive directive : record.directives()) {
            if (matches(directive.mechanism(), domain)) {
                return new Finding(directive.result(), domain, Optional.of(directive), record.explanation());
            }
        }
        // RFC 7208 6.1: the other record's result and explanation become this one's.
        return record.redirect().isPresent()
                ? nested(record.redirect().get(), domain)
                : new Finding(Result.NEUTRAL, domain, Optional.empty(), Optional.empty());
    }

    private Optional<SpfRecord> record(String domain) throws SpfError {
        List<String> texts = lookups.policies(domain);
        try {
            return SpfRecord.among(texts);
        } catch (SpfError e) {
            throw SpfError.permanent("record of " + SafeText.quotation(domain) + ": " + e.reason());
        }
    }

    /** Another domain's policy; that it has none is an error (5.2, 6.1). */
    private Finding nested(MacroString spec, String domain) throws SpfError {
        lookups.beginTerm();
        String target = macros.domain(spec, domain);
        if (DomainName.isQualified(target)) {
            Finding finding = check(target);
            if (finding.result() != Result.NONE) {
                return finding;
            }
        }
        throw SpfError.permanent(
                SafeText.quotation(domain) + " refers to " + SafeText.quotation(target) + ", which has no record");
    }

    private boolean matches(Mechanism mechanism, String domain) throws SpfError {
        return switch (mechanism) {
            case Mechanism.All() -> true;
            case Mechanism.Network(Cidr network) -> network.contains(subject.client());
            // RFC 7208 5.2: only a pass matches, and errors end the whole check.
            case Mechanism.Include(MacroString spec) -> nested(spec, domain).result() == Result.PASS;
            case Mechanism.A(var spec, var prefixes) -> {
                lookups.beginTerm();
                yield hasClient(target(spec, domain), prefixes);
            }
            case Mechanism.Mx(var spec, var prefixes) -> {
                lookups.beginTerm();
                yield isExchanger(target(spec, domain), prefixes);
            }
            case Mechanism.Exists(MacroString spec) -> {
                lookups.beginTerm();
                // RFC 7208 5.7: an IPv4 address, whatever the client's family is.
                yield !addresses(macros.domain(spec, domain), Family.IPV4).isEmpty();
            }
            case Mechanism.Ptr(var spec) -> {
                lookups.beginTerm();
                String target = target(spec, domain);
                if (names.areVoid()) {
                    lookups.countVoid();
                }
                yield names.areWithin(target);
            }
        };
    }

    private String target(Optional<MacroString> spec, String domain) throws SpfError {
        return spec.isPresent() ? macros.domain(spec.get(), domain) : domain;
    }

    private boolean isExchanger(String target, Mechanism.Prefixes prefixes) throws SpfError {
        List<Dns.Exchanger> exchangers = lookups.ofTerm("MX", target, dns::exchangers);
        if (exchangers.size() > MOST_EXCHANGERS) {
            throw SpfError.permanent("more than " + MOST_EXCHANGERS + " exchangers of " + SafeText.quotation(target));
        }
        for (Dns.Exchanger exchanger : exchangers) {
            if (hasClient(exchanger.exchange(), prefixes)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasClient(String name, Mechanism.Prefixes prefixes) throws SpfError {
        Family family = Families.of(subject.client());
        int prefix = family == Family.IPV4 ? prefixes.ipv4() : prefixes.ipv6();
        for (InetAddress address : addresses(name, family)) {
            // An AAAA record may hold a mapped address, which is an IPv4 one and matches nothing here.
            if (address.getClass() == subject.client().getClass()
                    && new Cidr(address, prefix).contains(subject.client())) {
                return true;
            }
        }
        return false;
    }

    private List<InetAddress> addresses(String name, Family family) throws SpfError {
        return lookups.ofTerm(family == Family.IPV4 ? "A" : "AAAA", name, asked -> dns.addresses(asked, family));
    }
}
