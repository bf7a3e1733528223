package io.waypost.actions.endpoint;

import io.waypost.actions.fields.Names;
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
 * Reads and carries out {@code endpoint: {to: NAME}}. The body is the message as a stream. The headers are our own and few: a header
 * of a mail never becomes one of Camel's, whose components take instructions from theirs.
 */
public final class EndpointHandler implements ActionHandler<EndpointAction> {

    private final Names names;
    private final CamelEndpoints endpoints;

    /**
     * @param names the endpoints that rules may name
     * @param endpoints these, and perhaps others
     */
    public EndpointHandler(Names names, CamelEndpoints endpoints) {
        this.names = names;
        this.endpoints = endpoints;
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
        fields.finish();
        return to.map(EndpointAction::new);
    }

    @Override
    public Outcome perform(EndpointAction action, Effect effect) throws Exception {
        try (InputStream message = effect.content().open()) {
            endpoints.send(
                    action.to(),
                    message,
                    Map.of(
                            "waypostMessageId", effect.mail().id().value(),
                            "waypostEffectKey", effect.key().toString(),
                            "waypostRule", effect.rule().name(),
                            "waypostAttempt", Integer.toString(effect.attempt())));
        } catch (EndpointException e) {
            return Outcome.retry(String.valueOf(e.getMessage()));
        }
        return Outcome.done("taken by endpoint " + action.to());
    }
}
