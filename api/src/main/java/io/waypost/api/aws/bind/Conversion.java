package io.waypost.api.aws.bind;

import io.waypost.api.aws.model.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How one value of a shape becomes one of a record, and back. */
sealed interface Conversion {

    Object toRecord(Object value);

    Object toShape(Object value);

    /** The same value on both sides. */
    record Same() implements Conversion {

        @Override
        public Object toRecord(Object value) {
            return value;
        }

        @Override
        public Object toShape(Object value) {
            return value;
        }
    }

    /** A record may count wider than the model. */
    record Widened() implements Conversion {

        @Override
        public Object toRecord(Object value) {
            return ((Integer) value).longValue();
        }

        @Override
        public Object toShape(Object value) {
            return Math.toIntExact((Long) value);
        }
    }

    /** A list, member by member. */
    record Members(Conversion member) implements Conversion {

        @Override
        public Object toRecord(Object value) {
            return each((List<?>) value, member::toRecord);
        }

        @Override
        public Object toShape(Object value) {
            return each((List<?>) value, member::toShape);
        }

        private static List<Object> each(List<?> values, UnaryOperator<Object> conversion) {
            List<Object> converted = new ArrayList<>(values.size());
            for (Object value : values) {
                converted.add(conversion.apply(value));
            }
            return Collections.unmodifiableList(converted);
        }
    }

    /** A map, value by value, in its order. */
    record Entries(Conversion value) implements Conversion {

        @Override
        public Object toRecord(Object values) {
            return each((Map<?, ?>) values, value::toRecord);
        }

        @Override
        public Object toShape(Object values) {
            return each((Map<?, ?>) values, value::toShape);
        }

        private static Map<String, Object> each(Map<?, ?> values, UnaryOperator<Object> conversion) {
            Map<String, Object> converted = LinkedHashMap.newLinkedHashMap(values.size());
            values.forEach((key, value) -> converted.put((String) key, conversion.apply(value)));
            return Collections.unmodifiableMap(converted);
        }
    }

    /** A structure. */
    record Nested(Binding binding) implements Conversion {

        @Override
        public Object toRecord(Object value) {
            return binding.toRecord((Struct) value);
        }

        @Override
        public Object toShape(Object value) {
            return binding.toStruct((Record) value);
        }
    }
}
