package io.waypost.actions.lambda;

import io.waypost.rules.Action;
import java.util.Optional;

/**
 * Hand the event of a received mail to a function (SES LambdaAction).
 *
 * @param function which
 * @param decides ({@code wait} in a rule file; RequestResponse in SES) whether its answer decides what happens behind this action
 * @param topic a topic that is told when the function was called
 */
public record LambdaAction(FunctionArn function, boolean decides, Optional<String> topic) implements Action {

    /** The family's name. */
    public static final String TYPE = "lambda";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String destination() {
        return "function:" + function.name();
    }

    @Override
    public Flow flow() {
        return decides ? new Flow.Decides() : Flow.ORDINARY;
    }
}
