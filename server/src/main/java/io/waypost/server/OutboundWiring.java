package io.waypost.server;

import io.waypost.config.WaypostConfig;
import io.waypost.message.Domain;
import io.waypost.message.dsn.FailureNotices;
import io.waypost.message.host.HostAddresses;
import io.waypost.outbound.DeliverHandler;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.OutboundSubmission;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.RuleSet;
import io.waypost.rules.RuleSets;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.run.ActionRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outbound line in configuration's words, and its part in the router. */
final class OutboundWiring {

    private OutboundWiring() {}

    static OutboundSettings settings(WaypostConfig config) {
        Map<Domain, HostAndPort> routes = new HashMap<>();
        config.outbound().routes().forEach((domain, to) -> routes.put(new Domain(domain), hostAndPort(to)));
        return OutboundSettings.of(
                config.hostname(),
                new OutboundRoutes(config.outbound().relay().map(OutboundWiring::hostAndPort), routes));
    }

    private static HostAndPort hostAndPort(InetSocketAddress address) {
        return new HostAndPort(address.getHostString(), address.getPort());
    }

    /** The families of rule files, and the one that only the outbound line has. */
    static ActionRegistry withDelivery(
            List<ActionHandler<?>> families,
            WaypostConfig config,
            OutboundSettings outbound,
            OutboundSubmission submission,
            HostAddresses hosts,
            Clock clock) {
        List<ActionHandler<?>> all = new ArrayList<>(families);
        all.add(new DeliverHandler(
                outbound,
                new SmtpClient(config.hostname(), SmtpTimeouts.STANDARD, hosts),
                new FailureNotices(config.hostname(), submission, clock)));
        return new ActionRegistry(new ActionHandlers(all));
    }

    /** The rule set of the outbound line beside those of the book. */
    static RuleSets ruleSets(RuleBook book, RuleSet outbound) {
        return version -> version.equals(outbound.version()) ? outbound : book.find(version);
    }
}
