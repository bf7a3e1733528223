package io.waypost.api.aws.wire;

import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Shape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.TextValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads answers in XML as SDKs do, with the JDK's parser. */
final class XmlReader {

    private XmlReader() {}

    static Element document(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("no XML", e);
        }
    }

    static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    static Element child(Element element, String name) {
        return children(element).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + element.getTagName()));
    }

    static Struct struct(Shape.Structure shape, Element element) {
        Struct.Builder struct = new Struct.Builder(shape);
        for (Element child : children(element)) {
            Member member = shape.members().named(child.getTagName());
            struct.put(member, value(member.shape(), child));
        }
        return struct.build();
    }

    private static Object value(Shape shape, Element element) {
        return switch (shape) {
            case Shape.Structure structure -> struct(structure, element);
            case Shape.Listed listed ->
                children(element).stream()
                        .map(member -> value(listed.member(), member))
                        .toList();
            case Shape.Mapped mapped -> {
                Map<String, Object> values = new LinkedHashMap<>();
                for (Element entry : children(element)) {
                    values.put(
                            child(entry, mapped.keyName()).getTextContent(),
                            value(mapped.value(), child(entry, mapped.valueName())));
                }
                yield values;
            }
            default -> {
                try {
                    yield TextValue.read(shape, element.getTextContent());
                } catch (RefusedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
