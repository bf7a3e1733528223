package io.waypost.api.aws.bind;

import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties a record to a structure of a model. A component stands for the member whose name is the same but for upper and lower case
 * ({@code snsAction} for {@code SNSAction}); members without a component are not read and not written.
 *
 * <p>Everything that can be wrong about the pair is found when it is tied. Immutable.
 */
public final class Binding {

    private record Tie(Member member, MethodHandle accessor, Conversion conversion) {}

    private final Structure shape;
    private final List<Tie> ties;
    private final MethodHandle constructor;

    private Binding(Structure shape, List<Tie> ties, MethodHandle constructor) {
        this.shape = shape;
        this.ties = ties;
        this.constructor = constructor;
    }

    /**
     * Ties.
     *
     * @throws IllegalArgumentException when a component is no member, has another type, or on the side of the input could not be absent
     *     though the member may
     */
    public static Binding of(Class<? extends Record> type, Structure shape, Side side) {
        RecordComponent[] components = type.getRecordComponents();
        List<Tie> ties = new ArrayList<>(components.length);
        for (RecordComponent component : components) {
            Member member = shape.members()
                    .ofComponent(component.getName())
                    .orElseThrow(() -> fault(type, component, "is no member of " + shape.name()));
            if (side == Side.INPUT && !member.required() && !ComponentType.mayBeNull(component)) {
                throw fault(type, component, "may be absent and is not @Nullable");
            }
            Conversion conversion = ComponentType.conversion(component.getGenericType(), member.shape(), side)
                    .orElseThrow(() -> fault(
                            type,
                            component,
                            "has not the type of " + member.shape().name()));
            ties.add(new Tie(member, accessor(component), conversion));
        }
        return new Binding(shape, List.copyOf(ties), constructor(type, components));
    }

    private static IllegalArgumentException fault(Class<?> type, RecordComponent component, String words) {
        return new IllegalArgumentException(type.getName() + "." + component.getName() + " " + words);
    }

    // The handles take and give Object, so that one exact call fits every record.
    private static MethodHandle accessor(RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Record.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static MethodHandle constructor(Class<? extends Record> type, RecordComponent[] components) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The record of a request. */
    public Record toRecord(Struct struct) {
        @Nullable Object[] arguments = new @Nullable Object[ties.size()];
        for (int i = 0; i < arguments.length; i++) {
            Tie tie = ties.get(i);
            Object value = struct.get(tie.member());
            arguments[i] = value == null ? null : tie.conversion().toRecord(value);
        }
        try {
            return (Record) constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of an answer. */
    public Struct toStruct(Record answer) {
        Struct.Builder struct = new Struct.Builder(shape);
        for (Tie tie : ties) {
            Object value = read(tie.accessor(), answer);
            if (value != null) {
                struct.put(tie.member(), tie.conversion().toShape(value));
            }
        }
        return struct.build();
    }

    private static @Nullable Object read(MethodHandle accessor, Record answer) {
        try {
            return (Object) accessor.invokeExact(answer);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
