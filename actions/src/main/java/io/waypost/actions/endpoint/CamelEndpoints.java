package io.waypost.actions.endpoint;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.URISupport;

/**
 * Camel endpoints by the names that the configuration gives them, and the way to send to one. URIs come from the configuration only.
 * Shared by all threads once its endpoints are added.
 */
public final class CamelEndpoints implements AutoCloseable {

    // They answer at once and keep the message in memory: a crash would lose a mail that counts as done.
    private static final Set<String> FORGETFUL = Set.of("seda", "disruptor", "disruptor-vm", "stub");
    private static final int DETAIL_LENGTH = 300;

    private final CamelContext context;
    private final String jarFolder;
    private final ProducerTemplate template;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /**
     * @param context a started context; belongs to the caller
     * @param jarFolder where an operator puts jars of further components, for messages
     */
    public CamelEndpoints(CamelContext context, String jarFolder) {
        this.context = context;
        this.jarFolder = jarFolder;
        this.template = context.createProducerTemplate();
    }

    /**
     * Adds an endpoint. Nothing is connected to; the component must be there and know every option.
     *
     * @throws IllegalArgumentException with what is wrong and what to do, without the URI's secrets
     */
    public void add(String name, String uri) {
        int colon = uri.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a Camel endpoint, which is component:path?options");
        }
        String component = uri.substring(0, colon);
        if (FORGETFUL.contains(component)) {
            throw new IllegalArgumentException(
                    "'" + component
                            + "' keeps messages in memory only, a crash would lose mail; use an endpoint that stores or delivers");
        }
        if (context.getComponent(component) == null) {
            throw new IllegalArgumentException(
                    "there is no Camel component '" + component + "'; put its jar (mostly camel-" + component + "-"
                            + context.getVersion() + ".jar) and what it needs into " + jarFolder);
        }
        try {
            endpoints.put(name, context.getEndpoint(uri));
        } catch (ResolveEndpointFailedException e) {
            throw new IllegalArgumentException(
                    "the component '" + component + "' does not take this endpoint: " + withoutValues(e), e);
        }
    }

    /**
     * Sends and waits until the endpoint has taken the message.
     *
     * @param body a stream or bytes; a stream stays the caller's to close
     * @param headers all headers the endpoint shall see
     * @throws EndpointException when it did not
     */
    public void send(String name, Object body, Map<String, String> headers) throws EndpointException {
        Endpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("there is no endpoint '" + name + "'");
        }
        Exchange exchange = template.send(endpoint, out -> {
            out.getIn().setBody(body);
            headers.forEach(out.getIn()::setHeader);
        });
        Exception fault = exchange.getException();
        if (fault != null) {
            throw new EndpointException(detail(name, fault), fault);
        }
        if (exchange.isRollbackOnly()) {
            throw new EndpointException(
                    "endpoint " + name + " rolled back", new IllegalStateException("rollback only"));
        }
    }

    private static String detail(String name, Exception fault) {
        String text = "endpoint " + name + ": " + fault.getClass().getSimpleName() + ": "
                + URISupport.sanitizeUri(String.valueOf(fault.getMessage()));
        return text.length() <= DETAIL_LENGTH ? text : text.substring(0, DETAIL_LENGTH) + "...";
    }

    // Camel names wrong options together with their values, which may be passwords.
    private static String withoutValues(ResolveEndpointFailedException fault) {
        String text = String.valueOf(fault.getMessage());
        int reason = text.lastIndexOf("due to: ");
        return text.substring(reason < 0 ? 0 : reason + "due to: ".length()).replaceAll("=(?!\\[)[^,}\\]]*", "=...");
    }

    /** Lets go of the producers; the context stays. */
    @Override
    public void close() {
        template.stop();
    }
}
