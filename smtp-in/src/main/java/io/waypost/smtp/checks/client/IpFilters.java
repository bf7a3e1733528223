package io.waypost.smtp.checks.client;

import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.client.IpFilter.Policy;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All filters of client addresses, as Amazon SES has them: an allow wins over every block, whichever is more specific, so that
 * blocks of everything with some allows are a list of who may come. Never changes; a look-up costs one step for each prefix length
 * that is in use, however many filters there are.
 */
public final class IpFilters {

    /** No filter: everybody may come. */
    public static final IpFilters NONE = new IpFilters(List.of());

    private final Table allows;
    private final Table blocks;

    /** Where two filters of one policy have the same range, the first one counts. */
    public IpFilters(Collection<IpFilter> filters) {
        allows = Table.of(Policy.ALLOW, filters);
        blocks = Table.of(Policy.BLOCK, filters);
    }

    /** What the filters say about a client. */
    public sealed interface Answer {}

    /** A filter lets the client in. */
    public record Allowed(String by) implements Answer {}

    /** A filter keeps the client out, and none lets it in. */
    public record Blocked(String by) implements Answer {}

    /** No filter speaks of the client. */
    public record Open() implements Answer {}

    /** The answer for an address, by the most specific filter of the policy that counts. An IPv4-mapped address is an IPv4 one. */
    public Answer answer(InetAddress address) {
        return allows.find(address)
                .<Answer>map(Allowed::new)
                .or(() -> blocks.find(address).map(Blocked::new))
                .orElseGet(Open::new);
    }

    /** Names by range, and the prefix lengths to look for, the longest first. */
    private record Table(Map<Cidr, String> names, List<Integer> prefixes) {

        static Table of(Policy policy, Collection<IpFilter> filters) {
            Map<Cidr, String> names = new HashMap<>();
            filters.stream()
                    .filter(filter -> filter.policy() == policy)
                    .forEach(filter -> names.putIfAbsent(
                            Cidr.around(filter.range().network(), filter.range().prefix()), filter.name()));
            List<Integer> prefixes = names.keySet().stream()
                    .map(Cidr::prefix)
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .toList();
            return new Table(names, prefixes);
        }

        Optional<String> find(InetAddress address) {
            int bits = Cidr.plain(address).getAddress().length * 8;
            for (int prefix : prefixes) {
                String name = prefix <= bits ? names.get(Cidr.around(address, prefix)) : null;
                if (name != null) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        }
    }
}
