package io.waypost.actions.endpoint;

import io.waypost.actions.endpoint.EndpointAction.Format;
import io.waypost.actions.fields.Names;
import io.waypost.actions.json.MailReceivedJson;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and carries out {@code endpoint: {to: NAME, format: raw}}. The body is the message as a stream, or the parsed mail. The headers
 * are our own and few: a header of a mail never becomes one of Camel's, whose components take instructions from theirs.
 */
public final class EndpointHandler implements ActionHandler<EndpointAction> {

    private final Names names;
    private final CamelEndpoints endpoints;
    private final MailReceivedJson json;

    /**
     * @param names the endpoints that rules may name
     * @param endpoints these, and perhaps others
     * @param json writes the format json
     */
    public EndpointHandler(Names names, CamelEndpoints endpoints, MailReceivedJson json) {
        this.names = names;
        this.endpoints = endpoints;
        this.json = json;
    }

    @Override
    public String type() {
        return EndpointAction.TYPE;
    }

    @Override
    public Class<EndpointAction> actionClass() {
        return EndpointAction.class;
    }

    @Override
    public Optional<EndpointAction> read(Node node, Problems problems) {
        Fields fields = node.fields(problems);
        Optional<String> to = names.required(fields, "to");
        Format format = fields.choice("format", Format.class, Format.RAW);
        fields.finish();
        return to.map(name -> new EndpointAction(name, format));
    }

    @Override
    public Outcome perform(EndpointAction action, Effect effect) throws Exception {
        try {
            switch (action.format()) {
                case RAW -> {
                    try (InputStream message = effect.content().open()) {
                        endpoints.send(action.to(), message, headers(effect, "message/rfc822"));
                    }
                }
                case JSON -> endpoints.send(action.to(), json.write(effect), headers(effect, "application/json"));
            }
        } catch (EndpointException e) {
            return Outcome.retry(String.valueOf(e.getMessage()));
        }
        return Outcome.done("taken by endpoint " + action.to());
    }

    private static Map<String, String> headers(Effect effect, String contentType) {
        return Map.of(
                "Content-Type", contentType,
                "waypostMessageId", effect.mail().id().value(),
                "waypostEffectKey", effect.key().toString(),
                "waypostRule", effect.rule().name(),
                "waypostAttempt", Integer.toString(effect.attempt()));
    }
}
