package io.waypost.actions.mailet;

import io.waypost.rules.Action;
import java.util.Map;

/**
 * Hands the message to a James mailet.
 *
 * @param className the mailet's class, with its package
 * @param parameters its init parameters
 */
public record MailetAction(String className, Map<String, String> parameters) implements Action {

    static final String TYPE = "mailet";

    public MailetAction {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "mailet:" + shortName();
    }

    String shortName() {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }
}
