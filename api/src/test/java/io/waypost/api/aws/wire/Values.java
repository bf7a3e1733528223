package io.waypost.api.aws.wire;

import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of any shape, from a seed; and whether two are the same. */
final class Values {

    private static final List<String> PIECES = List.of(
            "a", "Z", "0", " ", "+", "%", "&", "=", ".", "/", "<", ">", "\"", "'", "\\", "ü", "€", "😀", "\t", "\n",
            "\r", "?", "#");

    private final Random random;

    Values(Random random) {
        this.random = random;
    }

    Struct struct(Shape.Structure shape) {
        Struct.Builder struct = new Struct.Builder(shape);
        for (Member member : shape.members()) {
            boolean label = member.place() == Member.Place.PATH;
            if (label || random.nextInt(3) > 0) {
                struct.put(member, label ? "x" + text() : value(member.shape()));
            }
        }
        return struct.build();
    }

    private Object value(Shape shape) {
        return switch (shape) {
            case Shape.Structure structure -> struct(structure);
            case Shape.Listed listed -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(listed.member()));
                }
                yield values;
            }
            case Shape.Mapped mapped -> {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.put(i + text(), value(mapped.value()));
                }
                yield values;
            }
            case Shape.Text any -> text();
            case Shape.Whole whole when whole.wide() -> (Object) random.nextLong();
            case Shape.Whole any -> (Object) random.nextInt();
            case Shape.Decimal any -> random.nextGaussian() * 1e6;
            case Shape.Flag any -> random.nextBoolean();
            case Shape.Octets any -> {
                byte[] octets = new byte[random.nextInt(20)];
                random.nextBytes(octets);
                yield octets;
            }
            case Shape.Moment any -> Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L));
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** A text that shows every value: equal values have equal texts, and a failure can be read. */
    static String shown(Object value) {
        return switch (value) {
            case Struct struct -> {
                StringBuilder text = new StringBuilder(struct.shape().name() + "{");
                for (Member member : struct.shape().members()) {
                    Object inner = struct.get(member);
                    if (inner != null) {
                        text.append(member.name())
                                .append('=')
                                .append(shown(inner))
                                .append(';');
                    }
                }
                yield text.append('}').toString();
            }
            case List<?> list -> list.stream().map(Values::shown).toList().toString();
            case Map<?, ?> map -> {
                StringBuilder text = new StringBuilder("{");
                map.forEach((key, inner) ->
                        text.append(shown(key)).append('=').append(shown(inner)).append(';'));
                yield text.append('}').toString();
            }
            case byte[] octets -> Arrays.toString(octets);
            default -> value.getClass().getSimpleName() + "(" + value + ")";
        };
    }
}
