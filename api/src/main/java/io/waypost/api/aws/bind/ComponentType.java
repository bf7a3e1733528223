package io.waypost.api.aws.bind;

import io.waypost.api.aws.model.Shape;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which types of components fit which shapes. */
final class ComponentType {

    private ComponentType() {}

    static boolean mayBeNull(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Nothing when the type does not fit. */
    static Optional<Conversion> conversion(Type type, Shape shape, Side side) {
        return switch (shape) {
            case Shape.Structure structure -> structure(type, structure, side);
            case Shape.Listed listed ->
                argument(type, List.class, 0)
                        .flatMap(inner -> conversion(inner, listed.member(), side))
                        .map(ComponentType::members);
            case Shape.Mapped mapped ->
                argument(type, Map.class, 1)
                        .filter(inner -> argument(type, Map.class, 0).equals(Optional.of(String.class)))
                        .flatMap(inner -> conversion(inner, mapped.value(), side))
                        .map(ComponentType::entries);
            case Shape.Text any -> same(type, String.class);
            case Shape.Whole whole when whole.wide() -> same(type, Long.class);
            case Shape.Whole any ->
                same(type, Integer.class).or(() -> same(type, Long.class).map(same -> new Conversion.Widened()));
            case Shape.Decimal any -> same(type, Double.class);
            case Shape.Flag any -> same(type, Boolean.class);
            case Shape.Octets any -> same(type, byte[].class);
            case Shape.Moment any -> same(type, Instant.class);
        };
    }

    private static Optional<Conversion> structure(Type type, Shape.Structure structure, Side side) {
        return type instanceof Class<?> record && record.isRecord()
                ? Optional.of(new Conversion.Nested(Binding.of(record.asSubclass(Record.class), structure, side)))
                : Optional.empty();
    }

    // Values of the same type need no copy of their list.
    private static Conversion members(Conversion member) {
        return member instanceof Conversion.Same ? member : new Conversion.Members(member);
    }

    private static Conversion entries(Conversion value) {
        return value instanceof Conversion.Same ? value : new Conversion.Entries(value);
    }

    private static Optional<Conversion> same(Type type, Class<?> wanted) {
        boolean fits = type instanceof Class<?> given
                && MethodType.methodType(given).wrap().returnType().equals(wanted);
        return fits ? Optional.of(new Conversion.Same()) : Optional.empty();
    }

    private static Optional<Type> argument(Type type, Class<?> raw, int index) {
        return type instanceof ParameterizedType given && given.getRawType().equals(raw)
                ? Optional.of(given.getActualTypeArguments()[index])
                : Optional.empty();
    }
}
