package io.waypost.rules;

import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Disposition;
import io.waypost.message.Outcome;
import io.waypost.message.Reply;
import java.util.List;
import java.util.Optional;

/** Actions with every flow there is, for tests; they are read from files and never carried out. */
public record TestAction(String type, String destination, Flow flow) implements Action {

    public static final Reply REJECTED = Reply.of(554, "5.7.0", "rejected by rule");
    public static final Reply BOUNCED = Reply.of(550, "5.1.1", "bounced by rule");

    /** Keeps the mail somewhere: an ordinary effect. */
    public static TestAction keep(String name) {
        return new TestAction("keep", "test:" + name, Flow.ORDINARY);
    }

    /** A synchronous webhook. */
    public static TestAction ask(String name) {
        return new TestAction("ask", "ask:" + name, new Flow.Decides());
    }

    public static TestAction stop() {
        return new TestAction("stop", "", new Flow.Stops(Disposition.STOP_RULE_SET, false));
    }

    /** A stop that tells somebody. */
    public static TestAction tellingStop() {
        return new TestAction("stop", "topic:x", new Flow.Stops(Disposition.STOP_RULE_SET, true));
    }

    public static TestAction stopRule() {
        return new TestAction("stopRule", "", new Flow.Stops(Disposition.STOP_RULE, false));
    }

    public static TestAction mark() {
        return new TestAction("mark", "", new Flow.AddsField("X-Mark", "yes"));
    }

    public static TestAction reject() {
        return new TestAction("reject", "submission:dsn", new Flow.Refuses(REJECTED, true));
    }

    public static TestAction reject(String text) {
        return new TestAction("reject", "submission:dsn", new Flow.Refuses(Reply.of(554, "5.7.0", text), true));
    }

    public static TestAction bounce() {
        return new TestAction("bounce", "submission:dsn", new Flow.Refuses(BOUNCED, false));
    }

    /** A handler for each of them; {@code keep} takes a word, a {@code bad} one is refused. */
    public static ActionHandlers handlers() {
        return new ActionHandlers(List.of(
                new Handler("keep", keep("")),
                new Handler("ask", ask("")),
                new Handler("stop", stop()),
                new Handler("stopRule", stopRule()),
                new Handler("mark", mark()),
                new Handler("reject", reject()),
                new Handler("bounce", bounce())));
    }

    private record Handler(String type, TestAction model) implements ActionHandler<TestAction> {

        @Override
        public Class<TestAction> actionClass() {
            return TestAction.class;
        }

        @Override
        public Optional<TestAction> read(Node node, Problems problems) {
            return node.text(problems).flatMap(text -> {
                if (text.equals("bad")) {
                    problems.add(node.place(), "'bad' is no place to keep mail");
                    return Optional.empty();
                }
                return text.equals("silent")
                        ? Optional.empty()
                        : Optional.of(new TestAction(type, model.destination + text, model.flow));
            });
        }

        @Override
        public Outcome perform(TestAction action, Effect effect) {
            throw new UnsupportedOperationException("tests of matching carry nothing out");
        }
    }
}
