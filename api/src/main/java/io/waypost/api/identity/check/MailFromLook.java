package io.waypost.api.identity.check;

import io.waypost.api.identity.Finding;
import io.waypost.config.CidrBlock;
import io.waypost.message.port.Dns;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at a MAIL FROM domain. Its only exchanger must be this server, so that bounces come back; and its SPF record must name this
 * server, so that SPF passes: {@code include:}, {@code a:} or {@code redirect=} with the host name, {@code mx}, {@code all}, or an
 * {@code ip4:} or {@code ip6:} range that has an address of the host. Only terms that pass count ({@code +} or nothing before them);
 * what stands in other records is not followed.
 */
final class MailFromLook {

    private final Dns dns;
    private final String hostname;

    MailFromLook(Dns dns, String hostname) {
        this.dns = dns;
        this.hostname = hostname.toLowerCase(Locale.ROOT);
    }

    Finding at(String domain) {
        Dns.Answer<Dns.Exchanger> exchangers = dns.exchangers(domain);
        if (exchangers.records().size() > 1) {
            return Finding.INVALID_VALUE;
        }
        Finding exchanger = DnsLook.finding(exchangers, it -> it.exchange().equals(hostname));
        return exchanger == Finding.PRESENT ? sender(domain) : exchanger;
    }

    private Finding sender(String domain) {
        Dns.Answer<String> texts = dns.texts(domain);
        if (texts.records().isEmpty()) {
            return DnsLook.finding(texts, _ -> false);
        }
        List<String> records =
                texts.records().stream().filter(MailFromLook::isSpf).toList();
        // RFC 7208 4.5: two records are an error.
        return records.size() == 1 ? passes(domain, records.getFirst()) : Finding.INVALID_VALUE;
    }

    private static boolean isSpf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
    }

    private Finding passes(String domain, String record) {
        List<CidrBlock> ranges = new ArrayList<>();
        for (String word : record.toLowerCase(Locale.ROOT).split(" +")) {
            String term = word.startsWith("+") ? word.substring(1) : word;
            if (named(domain, term)) {
                return Finding.PRESENT;
            }
            if (term.startsWith("ip4:") || term.startsWith("ip6:")) {
                range(term.substring("ip4:".length()), ranges);
            }
        }
        return ranges.isEmpty() ? Finding.INVALID_VALUE : in(ranges);
    }

    private boolean named(String domain, String term) {
        return term.equals("all")
                || term.equals("mx")
                || term.equals("mx:" + domain)
                || term.equals("a:" + hostname)
                || term.equals("include:" + hostname)
                || term.equals("redirect=" + hostname);
    }

    private static void range(String text, List<CidrBlock> ranges) {
        try {
            ranges.add(CidrBlock.of(text));
        } catch (IllegalArgumentException e) {
            // Not a range: it names nobody.
            return;
        }
    }

    private Finding in(List<CidrBlock> ranges) {
        Finding four = in(ranges, Dns.Family.IPV4);
        return four == Finding.PRESENT ? four : four.or(in(ranges, Dns.Family.IPV6));
    }

    private Finding in(List<CidrBlock> ranges, Dns.Family family) {
        Dns.Answer<InetAddress> addresses = dns.addresses(hostname, family);
        Finding finding =
                DnsLook.finding(addresses, address -> ranges.stream().anyMatch(range -> range.contains(address)));
        // The host is ours; what its own name lacks is no fault of the domain's name.
        return finding == Finding.PRESENT || finding == Finding.DNS_SERVER_ERROR ? finding : Finding.INVALID_VALUE;
    }
}
