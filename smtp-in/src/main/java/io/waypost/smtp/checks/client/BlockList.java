package io.waypost.smtp.checks.client;

import io.waypost.message.port.Dns;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.client.Listing.Listed;
import io.waypost.smtp.checks.client.Listing.NotAsked;
import io.waypost.smtp.checks.client.Listing.NotListed;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A block list in DNS (RFC 5782).
 *
 * @param zone asked below this name; may hold the operator's key, so only DNS sees it
 * @param name what senders, logs and rules are told instead
 * @param answers the addresses that mean "listed"; others mean nothing
 * @param refusing whether listed clients are refused; otherwise the listing is only noted
 */
public record BlockList(String zone, String name, List<AnswerRange> answers, boolean refusing) {

    /** RFC 5782 2.1: an address outside says that somebody else answers for the zone, a parked domain for one. */
    private static final Cidr MEANINGFUL = Cidr.of("127.0.0.0/8");

    /** Spamhaus and others: the question came by an open resolver, too often, or with a typing error. */
    private static final Cidr ERRORS = Cidr.of("127.255.255.0/24");

    public BlockList {
        answers = List.copyOf(answers);
    }

    /** Looks for a client. Blocks as long as {@code dns} does. */
    Listing ask(Dns dns, InetAddress client) {
        return switch (dns.addresses(ReversedAddress.of(client) + "." + zone, Dns.Family.IPV4)) {
            case Dns.Found<InetAddress> found -> judge(found.records());
            case Dns.NoName<InetAddress> _ -> new NotListed(this);
            case Dns.NoRecords<InetAddress> _ -> new NotListed(this);
            case Dns.Unknown<InetAddress> unknown ->
                new NotAsked(this, unknown.reason().replace(zone, name));
        };
    }

    private Listing judge(List<InetAddress> records) {
        Optional<InetAddress> listed = records.stream().filter(this::counts).findFirst();
        if (listed.isPresent()) {
            return new Listed(this, listed.get());
        }
        return records.stream()
                .filter(ERRORS::contains)
                .findFirst()
                .<Listing>map(error -> new NotAsked(this, "it refused the question with " + error.getHostAddress()))
                .orElseGet(() -> new NotListed(this));
    }

    private boolean counts(InetAddress answer) {
        return MEANINGFUL.contains(answer)
                && !ERRORS.contains(answer)
                && answers.stream().anyMatch(range -> range.contains(answer));
    }

    /** Without the zone. */
    @Override
    public String toString() {
        return name;
    }
}
