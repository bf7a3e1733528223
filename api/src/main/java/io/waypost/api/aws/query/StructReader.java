package io.waypost.api.aws.query;

import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.TextValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a tree of parameters by its shape. Names that the shape does not know are ignored. */
final class StructReader {

    private StructReader() {}

    static Struct read(Structure shape, Node node) throws RefusedException {
        Struct.Builder struct = new Struct.Builder(shape);
        if (node.value() != null && !node.value().isEmpty()) {
            throw new RefusedException(Fault.MISTYPED, "Unexpected value where a structure begins");
        }
        for (Map.Entry<String, Node> child : node.children().entrySet()) {
            Member member = shape.members().named(child.getKey());
            if (member != null) {
                struct.put(member, value(member.shape(), child.getValue()));
            }
        }
        return struct.build();
    }

    private static Object value(Shape shape, Node node) throws RefusedException {
        return switch (shape) {
            case Structure structure -> read(structure, node);
            case Shape.Listed listed -> listed(listed, node);
            case Shape.Mapped mapped -> mapped(mapped, node);
            default -> simple(shape, node);
        };
    }

    private static Object simple(Shape shape, Node node) throws RefusedException {
        String value = node.value();
        if (value == null) {
            throw new RefusedException(Fault.MISTYPED, "Start of structure or map found where not expected.");
        }
        return TextValue.read(shape, value);
    }

    private static List<Object> listed(Shape.Listed shape, Node node) throws RefusedException {
        List<Object> values = new ArrayList<>();
        for (Node member : node.numbered("member")) {
            values.add(value(shape.member(), member));
        }
        return List.copyOf(values);
    }

    private static Map<String, Object> mapped(Shape.Mapped shape, Node node) throws RefusedException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node entry : node.numbered("entry")) {
            Node key = entry.child(shape.keyName());
            Node value = entry.child(shape.valueName());
            if (key == null || key.value() == null) {
                throw new RefusedException(Fault.MISTYPED, "An entry of a map has no key");
            }
            if (values.put(key.value(), entryValue(shape.value(), value)) != null) {
                throw new RefusedException(Fault.MISTYPED, "A map has a key more than once");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    // Clients write nothing for a structure without members.
    private static Object entryValue(Shape shape, @Nullable Node value) throws RefusedException {
        if (value != null) {
            return value(shape, value);
        }
        if (shape instanceof Structure structure) {
            return new Struct.Builder(structure).build();
        }
        throw new RefusedException(Fault.MISTYPED, "An entry of a map has no value");
    }
}
