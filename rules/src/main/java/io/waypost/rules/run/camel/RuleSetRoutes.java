package io.waypost.rules.run.camel;

import io.waypost.message.RuleSetVersion;
import io.waypost.rules.run.RunInHand;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes that runs travel: {@code direct:ruleset-NAME-vN} for each rule set version in use, whose routing slip visits
 * {@code direct:action-TYPE} for each action of the run's rule.
 *
 * <p>A new version's route is built beside the old ones; a run keeps to the route of the version it was planned under, so nothing
 * in flight is cut off. Old versions' routes are removed when many have gathered and nothing travels on them. No redelivery, no
 * splitter, no stop: retries and stops are values in the body and rows in the ledger. Safe for all threads.
 */
public final class RuleSetRoutes implements AutoCloseable {

    private static final int KEPT_VERSIONS = 16;

    /** What an action's route does with a run. */
    @FunctionalInterface
    public interface Step {
        RunInHand carryOut(RunInHand hand) throws InterruptedException;
    }

    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final Map<String, Endpoint> actions = new HashMap<>();
    private final Map<RuleSetVersion, Endpoint> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param camel started or not; routes are added to it
     * @param actionTypes one route is made for each
     * @param step what each of them does
     */
    public RuleSetRoutes(CamelContext camel, Set<String> actionTypes, Step step) throws Exception {
        this.camel = camel;
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (String type : actionTypes) {
                    from(actionEndpoint(type)).routeId("action-" + type).process(exchange -> visit(exchange, step));
                }
            }
        });
        actionTypes.forEach(type -> actions.put(type, camel.getEndpoint(actionEndpoint(type))));
        camel.start();
        producer = camel.createProducerTemplate();
    }

    /** Sends a run along the route of its version; returns when the run is over for now. */
    public void travel(RunInHand hand) throws InterruptedException {
        Exchange exchange;
        try {
            exchange = producer.send(
                    entry(hand.ruleSet().version()), e -> e.getMessage().setBody(hand));
        } catch (RuntimeException e) {
            throw unwrapped(e);
        }
        if (exchange.getException() != null) {
            throw unwrapped(exchange.getException());
        }
    }

    private static void visit(Exchange exchange, Step step) throws InterruptedException {
        RunInHand hand = exchange.getMessage().getBody(RunInHand.class);
        exchange.getMessage().setBody(step.carryOut(hand));
    }

    private static RuntimeException unwrapped(Exception e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    private Endpoint entry(RuleSetVersion version) {
        synchronized (entries) {
            Endpoint entry = entries.get(version);
            if (entry == null) {
                entry = build(version);
                entries.put(version, entry);
                removeUnused();
            }
            return entry;
        }
    }

    private Endpoint build(RuleSetVersion version) {
        String name = routeId(version);
        String uri = direct(name);
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from(uri).routeId(name).routingSlip(new SlipOfBody(actions));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("the route " + name + " cannot be built", e);
        }
        return camel.getEndpoint(uri);
    }

    private void removeUnused() {
        if (entries.size() <= KEPT_VERSIONS) {
            return;
        }
        RuleSetVersion eldest = entries.keySet().iterator().next();
        String id = routeId(eldest);
        if (camel.getInflightRepository().size(id) > 0) {
            return;
        }
        try {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
            entries.remove(eldest);
        } catch (Exception e) {
            throw new IllegalStateException("the route " + id + " cannot be removed", e);
        }
    }

    private static String routeId(RuleSetVersion version) {
        return "ruleset-" + version.name() + "-v" + version.version();
    }

    private static String actionEndpoint(String type) {
        return direct("action-" + type);
    }

    // A route that was stopped is a fault at once: the run is in the ledger, and waiting here would hold up the end.
    private static String direct(String name) {
        return "direct:" + name + "?block=false&failIfNoConsumers=true";
    }

    @Override
    public void close() {
        producer.stop();
    }
}
