package io.waypost.actions.lambda;

import io.waypost.actions.ActionNotices;
import io.waypost.actions.webhook.Decision;
import io.waypost.actions.webhook.http.Answers;
import io.waypost.actions.webhook.http.HttpAnswer;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.actions.webhook.http.RequestBody;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Nearest;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out {@code lambda: { function: ARN, wait: false, topic: NAME }} (SES contract 2.4). The effect's key goes with each call, so
 * that a function recognises a repeat.
 *
 * <p>A function that fails is called again like a dead endpoint; once it is given up, the rules behind it go on.
 */
public final class LambdaHandler implements ActionHandler<LambdaAction> {

    private final Map<String, FunctionSettings> functions;
    private final boolean all;
    private final HttpSender http;
    private final Event event;
    private final ActionNotices notices;

    /** Writes the event. */
    @FunctionalInterface
    public interface Event {
        /** @param action the members of {@code receipt.action} */
        byte[] write(Map<String, String> action, Effect effect) throws IOException;
    }

    /**
     * @param functions by name
     * @param all whether these are all; otherwise the section could not be read, and every function is taken
     * @param http shared by everything that calls endpoints
     * @param event the notifications' package writes it
     * @param notices tells topics
     */
    public LambdaHandler(
            Map<String, FunctionSettings> functions, boolean all, HttpSender http, Event event, ActionNotices notices) {
        this.functions = Map.copyOf(functions);
        this.all = all;
        this.http = http;
        this.event = event;
        this.notices = notices;
    }

    @Override
    public String type() {
        return LambdaAction.TYPE;
    }

    @Override
    public Class<LambdaAction> actionClass() {
        return LambdaAction.class;
    }

    @Override
    public Optional<LambdaAction> read(Node node, Problems problems) {
        int before = problems.all().size();
        Fields fields = node.fields(problems);
        fields.required("function");
        Optional<FunctionArn> function = fields.value("function", this::known);
        boolean wait = fields.flag("wait", false);
        Optional<String> topic = notices.topics().optional(fields, "topic");
        fields.finish();
        return problems.all().size() > before
                ? Optional.empty()
                : function.map(arn -> new LambdaAction(arn, wait, topic));
    }

    private FunctionArn known(String text) {
        FunctionArn function = FunctionArn.of(text);
        if (all && !functions.containsKey(function.name())) {
            throw new IllegalArgumentException("there is no function '" + function.name() + "' in the server's file"
                    + Nearest.hint(function.name(), functions.keySet()));
        }
        return function;
    }

    @Override
    public int concurrency(LambdaAction action) {
        FunctionSettings settings = functions.get(action.function().name());
        return settings == null ? 1 : settings.concurrency();
    }

    @Override
    public Outcome perform(LambdaAction action, Effect effect) throws Exception {
        FunctionSettings settings = functions.get(action.function().name());
        if (settings == null) {
            return Outcome.failed(
                    "there is no function '" + action.function().name() + "' in the server's file any more");
        }
        Map<String, String> described = described(action);
        byte[] body = event.write(described, effect);
        HttpAnswer answer = http.post(
                settings.destination(action.function()),
                headers(action, settings, effect, body),
                new RequestBody.Bytes(body));
        Outcome outcome = judged(action, answer, effect);
        return outcome instanceof Outcome.Done done ? notices.after(done, action.topic(), described, effect) : outcome;
    }

    /** As SES tells it (SES contract 3.1). */
    private static Map<String, String> described(LambdaAction action) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("type", "Lambda");
        members.put("functionArn", action.function().text());
        members.put("invocationType", action.decides() ? "RequestResponse" : "Event");
        return members;
    }

    private static Map<String, String> headers(
            LambdaAction action, FunctionSettings settings, Effect effect, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amz-Invocation-Type", action.decides() ? "RequestResponse" : "Event");
        String id = effect.key().toString();
        long timestamp = effect.now().getEpochSecond();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        settings.secret().ifPresent(secret -> headers.put("webhook-signature", secret.sign(id, timestamp, body)));
        headers.put("waypost-attempt", Integer.toString(effect.attempt()));
        headers.put("User-Agent", "Waypost");
        return headers;
    }

    private static Outcome judged(LambdaAction action, HttpAnswer answer, Effect effect) {
        Outcome outcome = Answers.outcome(answer, effect.now());
        if (!action.decides() || !(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        if (!answer.complete()) {
            return Outcome.retry(done.detail() + ", but its decision was cut off or is over 64 KiB");
        }
        Optional<String> failure = Decision.failure(answer.body());
        if (failure.isPresent()) {
            return Outcome.retry("the function failed: " + failure.get());
        }
        Disposition decided = Decision.of(answer.body());
        return new Outcome.Done(decided, done.detail() + ", " + decided);
    }
}
