package io.waypost.actions.fields;

import io.waypost.actions.ActionNotices;
import io.waypost.message.Outcome;
import io.waypost.rules.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topic "inbound" in memory: keeps what it was told, answers as a test says. */
public final class RecordingNotices implements ActionNotices {

    /** Each notice: topic, members of the action, effect key. */
    public final List<String> told = new ArrayList<>();

    public Outcome answer = Outcome.done("told inbound");

    @Override
    public Names topics() {
        return Names.of("topic", Set.of("inbound"));
    }

    @Override
    public Outcome publish(String topic, Map<String, String> actionFields, Effect effect) {
        told.add(topic + " " + actionFields + " " + effect.key());
        return answer;
    }
}
