package io.waypost.actions.header;

import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.Outcome;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code addHeader: {name, value}}. Whoever runs the rules puts the field on top, as the action's flow says. */
public final class AddHeaderHandler implements ActionHandler<AddHeaderAction> {

    // SES contract 2.4, AddHeader. The value's line ends would begin a field of the attacker's own.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,50}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,2047}");

    @Override
    public String type() {
        return AddHeaderAction.TYPE;
    }

    @Override
    public Class<AddHeaderAction> actionClass() {
        return AddHeaderAction.class;
    }

    @Override
    public Optional<AddHeaderAction> read(Node node, Problems problems) {
        Fields fields = node.fields(problems);
        String name = fields.required("name");
        String value = fields.required("value");
        fields.finish();
        boolean nameFits = NAME.matcher(name).matches();
        boolean valueFits = VALUE.matcher(value).matches();
        if (!nameFits && !name.isEmpty()) {
            problems.add(fields.placeOf("name"), "'name': a header's name is 1 to 50 letters, digits and hyphens");
        }
        if (!valueFits) {
            problems.add(
                    fields.placeOf("value"),
                    "'value': a header's value is fewer than 2048 printable ASCII characters, without line ends");
        }
        return nameFits && valueFits && fields.has("value")
                ? Optional.of(new AddHeaderAction(name, value))
                : Optional.empty();
    }

    @Override
    public Outcome perform(AddHeaderAction action, Effect effect) {
        return Outcome.done("added " + action.name());
    }
}
