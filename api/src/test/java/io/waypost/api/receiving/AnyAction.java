package io.waypost.api.receiving;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.Effect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Action families that take whatever a rule says and are never carried out. */
record AnyAction(String type, String said) implements Action {

    static ActionHandlers handlers() {
        return new ActionHandlers(
                Stream.of("s3", "bounce", "lambda", "stop", "addHeader", "notify", "webhook", "forward")
                        .map(Handler::new)
                        .toList());
    }

    @Override
    public String destination() {
        return type + ":" + said;
    }

    @Override
    public Flow flow() {
        return type.equals("stop") ? new Flow.Stops(Disposition.STOP_RULE_SET, false) : Flow.ORDINARY;
    }

    /** What the node says, in one line. */
    private static String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence sequence ->
                sequence.items().stream().map(AnyAction::text).toList().toString();
            case Node.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .toList()
                        .toString();
        };
    }

    private record Handler(String type) implements ActionHandler<AnyAction> {

        @Override
        public Class<AnyAction> actionClass() {
            return AnyAction.class;
        }

        @Override
        public Optional<AnyAction> read(Node node, Problems problems) {
            String said = text(node);
            if (said.contains("unreadable")) {
                problems.add(node.place(), "'unreadable' cannot be used");
                return Optional.empty();
            }
            return Optional.of(new AnyAction(type, said));
        }

        @Override
        public Outcome perform(AnyAction action, Effect effect) {
            throw new UnsupportedOperationException("nothing is carried out here");
        }
    }

    static List<String> destinations(io.waypost.rules.RuleSet set) {
        return set.rules().stream()
                .flatMap(rule -> rule.actions().stream())
                .map(Action::destination)
                .toList();
    }
}
