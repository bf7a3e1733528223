package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Limits that are the default but for some. */
public final class TestLimits {

    private TestLimits() {}

    public static Limits messageSize(long bytes) {
        return with(Map.of("messageSize", bytes));
    }

    public static Limits recipients(int count) {
        return with(Map.of("recipients", count));
    }

    public static Limits connections(int all, int perAddress) {
        return with(Map.of("connections", all, "perAddress", perAddress));
    }

    public static Limits timeouts(Duration command, Duration data) {
        return with(Map.of("commandTimeout", command, "dataTimeout", data));
    }

    public static Limits content(int hops, int lineLength, int headerSize, int headerLines) {
        return with(
                Map.of("hops", hops, "lineLength", lineLength, "headerSize", headerSize, "headerLines", headerLines));
    }

    public static Limits badCommands(int count) {
        return with(Map.of("badCommands", count));
    }

    private static Limits with(Map<String, Object> changes) {
        Map<String, Object> left = new HashMap<>(changes);
        RecordComponent[] components = Limits.class.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                Object changed = left.remove(components[i].getName());
                values[i] =
                        changed != null ? changed : components[i].getAccessor().invoke(Limits.DEFAULT);
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("there are no limits " + left.keySet());
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return Limits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
