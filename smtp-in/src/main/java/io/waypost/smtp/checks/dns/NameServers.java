package io.waypost.smtp.checks.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks the servers, one after the other and then once more. dnsjava sees to ids, ports, the match of question and answer, and TCP
 * where an answer does not fit. Safe for all threads; blocks.
 */
final class NameServers {

    private static final int ROUNDS = 2;

    /** What passes every network in one piece (DNS flag day 2020). */
    private static final int UDP_PAYLOAD = 1232;

    private static final Duration SHORTEST_TRY = Duration.ofMillis(200);

    private final List<InetSocketAddress> servers;
    private final Duration timeout;

    NameServers(DnsSettings settings) {
        this.servers = settings.servers().isEmpty()
                ? List.copyOf(ResolverConfig.getCurrentConfig().servers())
                : settings.servers();
        this.timeout = settings.timeout();
    }

    Kept ask(Question question) {
        if (servers.isEmpty()) {
            return Kept.unknown("there is no name server");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        Kept last = Kept.unknown("no name server answered to " + question + " in " + timeout.toMillis() + " ms");
        int tries = ROUNDS * servers.size();
        for (int i = 0; i < tries; i++) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return last;
            }
            long share = Math.min(left, Math.max(left / (tries - i), SHORTEST_TRY.toNanos()));
            try {
                Message response = resolver(servers.get(i % servers.size()), Duration.ofNanos(share))
                        .send(query(question));
                if (response.getRcode() == Rcode.NOERROR || response.getRcode() == Rcode.NXDOMAIN) {
                    return Kept.of(question, response);
                }
                last = Kept.of(question, response);
            } catch (IOException | RuntimeException e) {
                // Silence, garbage, an unreachable server: the next one may know.
                last = Kept.unknown(
                        "no answer to " + question + ": " + e.getClass().getSimpleName());
            }
        }
        return last;
    }

    private static SimpleResolver resolver(InetSocketAddress server, Duration timeout) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        resolver.setEDNS(0, UDP_PAYLOAD, 0);
        return resolver;
    }

    private static Message query(Question question) {
        Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
        // RFC 6840 5.7: tell us whether the answer is authenticated.
        query.getHeader().setFlag(Flags.AD);
        return query;
    }
}
