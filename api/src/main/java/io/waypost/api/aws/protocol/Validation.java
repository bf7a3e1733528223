package io.waypost.api.aws.protocol;

import io.waypost.api.aws.model.Limits;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks a request against its model, and says what is wrong in AWS' words, all at once. */
public final class Validation {

    /** As many as AWS lists. */
    private static final int MOST = 10;

    private static final int LONGEST_KEY_IN_WORDS = 100;

    private final List<String> errors = new ArrayList<>();

    private Validation() {}

    /** @throws RefusedException {@link Fault#INVALID} when something is missing or beyond its limits */
    public static void check(Struct input) throws RefusedException {
        Validation validation = new Validation();
        validation.structure("", input);
        List<String> errors = validation.errors;
        if (!errors.isEmpty()) {
            throw new RefusedException(
                    Fault.INVALID,
                    errors.size()
                            + (errors.size() == 1 ? " validation error detected: " : " validation errors detected: ")
                            + String.join("; ", errors));
        }
    }

    private void structure(String path, Struct value) {
        int present = 0;
        Structure shape = value.shape();
        for (Member member : shape.members()) {
            if (errors.size() >= MOST) {
                return;
            }
            Object inner = value.get(member);
            if (inner != null) {
                present++;
                value(below(path, Names.inWords(member.name())), member.shape(), inner);
            } else if (member.required()) {
                errors.add("Value null at '" + below(path, Names.inWords(member.name()))
                        + "' failed to satisfy constraint: Member must not be null");
            }
        }
        if (shape.union() && present != 1) {
            fails(path, "Member must have exactly one of its members set");
        }
    }

    private void value(String path, Shape shape, Object value) {
        switch (shape) {
            case Structure any -> structure(path, (Struct) value);
            case Shape.Listed listed -> listed(path, listed, (List<?>) value);
            case Shape.Mapped mapped -> mapped(path, mapped, (Map<?, ?>) value);
            case Shape.Text text -> text(path, text, (String) value);
            case Shape.Whole whole -> number(path, whole.value(), ((Number) value).doubleValue());
            case Shape.Decimal decimal -> number(path, decimal.value(), (Double) value);
            case Shape.Octets octets -> length(path, octets.length(), ((byte[]) value).length);
            case Shape.Flag any -> {}
            case Shape.Moment any -> {}
        }
    }

    private void listed(String path, Shape.Listed shape, List<?> values) {
        if (!length(path, shape.size(), values.size())) {
            return;
        }
        for (int i = 0; i < values.size() && errors.size() < MOST; i++) {
            value(path + "." + (i + 1) + ".member", shape.member(), values.get(i));
        }
    }

    private void mapped(String path, Shape.Mapped shape, Map<?, ?> values) {
        if (!length(path, shape.size(), values.size())) {
            return;
        }
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (errors.size() >= MOST) {
                return;
            }
            String key = (String) entry.getKey();
            String shown = key.length() > LONGEST_KEY_IN_WORDS ? key.substring(0, LONGEST_KEY_IN_WORDS) : key;
            text(path + "." + shown + ".key", shape.key(), key);
            value(path + "." + shown + ".member", shape.value(), entry.getValue());
        }
    }

    private void text(String path, Shape.Text shape, String value) {
        if (shape.length() != Limits.NONE && !length(path, shape.length(), value.codePointCount(0, value.length()))) {
            return;
        }
        shape.pattern().filter(pattern -> !pattern.matches(value)).ifPresent(pattern -> {
            fails(path, "Member must satisfy regular expression pattern: " + pattern.source());
        });
        if (!shape.words().isEmpty() && !shape.words().contains(value)) {
            fails(path, "Member must satisfy enum value set: [" + String.join(", ", shape.words()) + "]");
        }
    }

    private boolean length(String path, Limits limits, long length) {
        if (length < limits.least()) {
            fails(path, "Member must have length greater than or equal to " + limits.least());
        } else if (length > limits.most()) {
            fails(path, "Member must have length less than or equal to " + limits.most());
        } else {
            return true;
        }
        return false;
    }

    private void number(String path, Limits limits, double value) {
        if (value < limits.least()) {
            fails(path, "Member must have value greater than or equal to " + limits.least());
        } else if (value > limits.most()) {
            fails(path, "Member must have value less than or equal to " + limits.most());
        }
    }

    // The value is not repeated: it may be secret, and its length is the caller's choice.
    private void fails(String path, String constraint) {
        if (errors.size() < MOST) {
            errors.add("Value at '" + path + "' failed to satisfy constraint: " + constraint);
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
