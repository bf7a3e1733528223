package io.waypost.api.aws.query;

import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.TextValue;
import java.util.List;
import java.util.Map;

/** Writes values as XML, by their shapes. What is absent is left out. */
final class StructWriter {

    private StructWriter() {}

    /** The members, without an element around them. */
    static void members(Xml xml, Struct struct) {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null) {
                element(xml, member.name(), member.shape(), value);
            }
        }
    }

    private static void element(Xml xml, String name, Shape shape, Object value) {
        switch (shape) {
            case Shape.Structure any -> {
                xml.open(name);
                members(xml, (Struct) value);
                xml.close(name);
            }
            case Shape.Listed listed -> {
                xml.open(name);
                for (Object member : (List<?>) value) {
                    element(xml, "member", listed.member(), member);
                }
                xml.close(name);
            }
            case Shape.Mapped mapped -> {
                xml.open(name);
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    xml.open("entry");
                    xml.element(mapped.keyName(), (String) entry.getKey());
                    element(xml, mapped.valueName(), mapped.value(), entry.getValue());
                    xml.close("entry");
                }
                xml.close(name);
            }
            default -> xml.element(name, TextValue.write(shape, value));
        }
    }
}
