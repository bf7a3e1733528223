package io.waypost.server;

import io.waypost.config.ChecksSettings;
import io.waypost.config.DnsblSettings;
import io.waypost.config.FilterSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Dns;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.checks.client.AnswerRange;
import io.waypost.smtp.checks.client.BlockList;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.checks.client.ClientSettings;
import io.waypost.smtp.checks.client.IpFilter;
import io.waypost.smtp.checks.client.IpFilters;
import java.util.List;

/** What is found out about clients, in the words of the listener. */
final class ClientWiring {

    private ClientWiring() {}

    static ClientChecks checks(WaypostConfig config, Dns dns) {
        ChecksSettings checks = config.checks();
        return new ClientChecks(
                new ClientSettings(
                        checks.mode() == ChecksSettings.Mode.ENFORCE,
                        checks.dnsbl().stream().map(ClientWiring::list).toList(),
                        checks.reverseName(),
                        checks.timeout()),
                filters(config.filters()),
                dns);
    }

    private static IpFilters filters(List<FilterSettings> filters) {
        return new IpFilters(filters.stream()
                .map(filter -> new IpFilter(
                        IpFilter.Policy.valueOf(filter.policy().name()),
                        new Cidr(filter.range().network(), filter.range().prefix()),
                        filter.name()))
                .toList());
    }

    private static BlockList list(DnsblSettings list) {
        return new BlockList(
                list.zone(),
                list.name(),
                list.answers().stream()
                        .map(range -> new AnswerRange(range.first(), range.last()))
                        .toList(),
                list.action() == DnsblSettings.Action.REFUSE);
    }
}
