package io.waypost.api.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A text with attributes to be filled in. Immutable; for all threads. */
public final class Template {

    private final List<Node> nodes;
    private final Map<String, List<Node>> partials;

    Template(List<Node> nodes, Map<String, List<Node>> partials) {
        this.nodes = List.copyOf(nodes);
        this.partials = Map.copyOf(partials);
    }

    /** @throws TemplateSyntaxException when it is none */
    public static Template parse(String text) throws TemplateSyntaxException {
        return Parser.parse(text);
    }

    /** Whether it has attributes only: no block, no partial. */
    public boolean isPlain() {
        return partials.isEmpty()
                && nodes.stream().allMatch(node -> node instanceof Node.Words || node instanceof Node.Value);
    }

    /**
     * The text with the data in it; nothing is escaped.
     *
     * @param data an object; see {@link TemplateData}
     */
    public String render(JsonNode data) throws RenderingException {
        return new Renderer(partials, data).render(nodes);
    }
}
