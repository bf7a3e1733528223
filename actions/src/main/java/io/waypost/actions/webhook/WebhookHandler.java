package io.waypost.actions.webhook;

import io.waypost.actions.fields.Names;
import io.waypost.actions.json.MailReceivedJson;
import io.waypost.actions.webhook.WebhookAction.Format;
import io.waypost.actions.webhook.http.Answers;
import io.waypost.actions.webhook.http.HttpAnswer;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.RequestBody;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out {@code webhook: { to: NAME, format: json, wait: false }}. The call's id is the effect's key, so a receiver
 * recognises a repeat.
 */
public final class WebhookHandler implements ActionHandler<WebhookAction> {

    private final Names names;
    private final Map<String, WebhookSettings> webhooks;
    private final HttpSender http;
    private final SesEvent sesEvent;
    private final MailReceivedJson json;

    /** Writes the body of the format {@code ses}. */
    @FunctionalInterface
    public interface SesEvent {
        byte[] write(String webhook, boolean waits, Effect effect) throws IOException;
    }

    /**
     * @param names the webhooks that rules may name
     * @param webhooks by name
     * @param http shared by everything that calls endpoints
     * @param json writes the format json
     * @param sesEvent the Lambda event of the notifications' package
     */
    public WebhookHandler(
            Names names,
            Map<String, WebhookSettings> webhooks,
            HttpSender http,
            MailReceivedJson json,
            SesEvent sesEvent) {
        this.names = names;
        this.webhooks = Map.copyOf(webhooks);
        this.http = http;
        this.sesEvent = sesEvent;
        this.json = json;
    }

    @Override
    public String type() {
        return WebhookAction.TYPE;
    }

    @Override
    public Class<WebhookAction> actionClass() {
        return WebhookAction.class;
    }

    @Override
    public Optional<WebhookAction> read(Node node, Problems problems) {
        Fields fields = node.fields(problems);
        Optional<String> to = names.required(fields, "to");
        Format format = fields.choice("format", Format.class, Format.JSON);
        boolean wait = fields.flag("wait", false);
        fields.finish();
        return to.map(name -> new WebhookAction(name, format, wait));
    }

    @Override
    public int concurrency(WebhookAction action) {
        WebhookSettings settings = webhooks.get(action.webhook());
        return settings == null ? 1 : settings.concurrency();
    }

    @Override
    public Outcome perform(WebhookAction action, Effect effect) throws IOException {
        WebhookSettings to = webhooks.get(action.webhook());
        if (to == null) {
            return Outcome.failed("there is no webhook '" + action.webhook() + "' in the server's file any more");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        RequestBody body = body(action, effect, headers);
        String id = effect.key().toString();
        long timestamp = effect.now().getEpochSecond();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        if (to.secret().isPresent()) {
            headers.put(
                    "webhook-signature",
                    switch (body) {
                        case RequestBody.Bytes bytes -> to.secret().get().sign(id, timestamp, bytes.bytes());
                        case RequestBody.Streamed streamed -> {
                            try (InputStream in = streamed.content().open()) {
                                yield to.secret().get().sign(id, timestamp, in);
                            }
                        }
                    });
        }
        headers.put("waypost-attempt", Integer.toString(effect.attempt()));
        headers.put("User-Agent", "Waypost");
        HttpAnswer answer = http.post(to.destination(), headers, body);
        return outcome(action, answer, effect);
    }

    private RequestBody body(WebhookAction action, Effect effect, Map<String, String> headers) throws IOException {
        return switch (action.format()) {
            case JSON -> {
                headers.put("Content-Type", "application/json");
                yield new RequestBody.Bytes(json.write(effect));
            }
            case RAW -> {
                headers.put("Content-Type", "message/rfc822");
                RawHeaders.put(effect, headers);
                yield new RequestBody.Streamed(effect.content());
            }
            case SES -> {
                headers.put("Content-Type", "application/json");
                yield new RequestBody.Bytes(sesEvent.write(action.webhook(), action.decides(), effect));
            }
        };
    }

    private static Outcome outcome(WebhookAction action, HttpAnswer answer, Effect effect) {
        Outcome outcome = Answers.outcome(answer, effect.now());
        if (!action.decides() || !(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        if (!answer.complete()) {
            return Outcome.retry(done.detail() + ", but its decision was cut off or is over 64 KiB");
        }
        Disposition decided = Decision.of(answer.body());
        return new Outcome.Done(decided, done.detail() + ", " + decided);
    }
}
