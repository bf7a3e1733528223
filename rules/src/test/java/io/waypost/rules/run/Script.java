package io.waypost.rules.run;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An action family that does what a test says, and remembers what it was handed. */
final class Script implements ActionHandler<Script.Step> {

    record Step(String type, String destination, Flow flow) implements Action {
        static Step to(String destination) {
            return new Step("script", destination, Flow.ORDINARY);
        }

        static Step deciding(String destination) {
            return new Step("script", destination, new Flow.Decides());
        }

        static Step adding(String name, String value) {
            return new Step("script", "", new Flow.AddsField(name, value));
        }
    }

    record Seen(String key, int attempt, String content) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = effect -> Outcome.done("ok");
    private volatile Function<Effect, Optional<Outcome>> onGivingUp = effect -> Optional.empty();

    volatile @Nullable Instant end;

    interface Behaviour {
        Outcome of(Effect effect) throws Exception;
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    void onGivingUp(Function<Effect, Optional<Outcome>> next) {
        onGivingUp = next;
    }

    List<Seen> seen() {
        return seen;
    }

    @Override
    public String type() {
        return "script";
    }

    @Override
    public Class<Step> actionClass() {
        return Step.class;
    }

    @Override
    public Optional<Step> read(Node node, Problems problems) {
        return Optional.empty();
    }

    @Override
    public Outcome perform(Step action, Effect effect) throws Exception {
        String content;
        try (var in = effect.content().open()) {
            content = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        seen.add(new Seen(effect.key().toString(), effect.attempt(), content));
        return behaviour.of(effect);
    }

    @Override
    public Optional<Outcome> givingUp(Step action, Effect effect, String reason) {
        return onGivingUp.apply(effect);
    }

    @Override
    public Optional<Instant> end(Step action, Effect effect) {
        return Optional.ofNullable(end);
    }

    @Override
    public int concurrency(Step action) {
        return 4;
    }
}
