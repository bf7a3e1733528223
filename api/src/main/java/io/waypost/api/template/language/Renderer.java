package io.waypost.api.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills a template in once. What it may cost is bounded, whatever the template and the data are: a result of two million characters, a
 * million steps, 200 blocks and partials within each other.
 */
final class Renderer {

    private static final int LONGEST = 2_000_000;
    private static final int MOST_STEPS = 1_000_000;
    private static final int DEEPEST = 200;
    private static final int LONGEST_INDEX = 6;

    private final Map<String, List<Node>> partials;
    private final Context outermost;
    private final StringBuilder out = new StringBuilder();
    private int steps;
    private int depth;

    /**
     * What names are looked up in.
     *
     * @param data what {@code @} names, and names given by {@code as}; by name
     */
    private record Context(JsonNode value, @Nullable Context outer, Map<String, JsonNode> data) {}

    Renderer(Map<String, List<Node>> partials, JsonNode data) {
        this.partials = partials;
        this.outermost = new Context(data, null, Map.of());
    }

    String render(List<Node> nodes) throws RenderingException {
        render(nodes, outermost);
        return out.toString();
    }

    private void render(List<Node> nodes, Context context) throws RenderingException {
        if (++depth > DEEPEST) {
            throw RenderingException.tooMuch("More than " + DEEPEST + " blocks and partials within each other");
        }
        for (Node node : nodes) {
            step();
            switch (node) {
                case Node.Words words -> write(words.text());
                case Node.Value value -> {
                    JsonNode found = find(value.path(), context);
                    // SES takes null for missing, too.
                    if (found == null || found.isNull()) {
                        throw RenderingException.missing(value.path().written());
                    }
                    write(text(found));
                }
                case Node.Condition condition -> {
                    boolean met = isTrue(find(condition.path(), context)) != condition.turned();
                    render(met ? condition.then() : condition.otherwise(), context);
                }
                case Node.Loop loop -> loop(loop, find(loop.path(), context), context);
                case Node.Within within -> {
                    JsonNode value = find(within.path(), context);
                    if (value != null && isTrue(value)) {
                        render(within.body(), new Context(value, context, Map.of()));
                    } else {
                        render(within.otherwise(), context);
                    }
                }
                case Node.Section section -> section(section, find(section.path(), context), context);
                case Node.Partial partial -> partial(partial, context);
            }
        }
        depth--;
    }

    private void loop(Node.Loop loop, @Nullable JsonNode list, Context context) throws RenderingException {
        if (list == null || !list.isContainerNode() || list.isEmpty()) {
            render(loop.otherwise(), context);
            return;
        }
        int index = 0;
        int last = list.size() - 1;
        for (Map.Entry<String, JsonNode> entry : list.isObject() ? list.properties() : numbered(list)) {
            step();
            JsonNode key = list.isObject() ? TextNode.valueOf(entry.getKey()) : IntNode.valueOf(index);
            var data = new HashMap<String, JsonNode>();
            data.put("@key", key);
            data.put("@index", IntNode.valueOf(index));
            data.put("@first", BooleanNode.valueOf(index == 0));
            data.put("@last", BooleanNode.valueOf(index == last));
            loop.item().ifPresent(name -> data.put(name, entry.getValue()));
            loop.index().ifPresent(name -> data.put(name, key));
            render(loop.body(), new Context(entry.getValue(), context, data));
            index++;
        }
    }

    private static List<Map.Entry<String, JsonNode>> numbered(JsonNode list) {
        return list.valueStream().map(item -> Map.entry("", item)).toList();
    }

    private void section(Node.Section section, @Nullable JsonNode value, Context context) throws RenderingException {
        if (value == null || !isTrue(value)) {
            render(section.otherwise(), context);
        } else if (value.isArray()) {
            loop(
                    new Node.Loop(section.path(), Optional.empty(), Optional.empty(), section.body(), List.of()),
                    value,
                    context);
        } else {
            render(section.body(), value.isObject() ? new Context(value, context, Map.of()) : context);
        }
    }

    private void partial(Node.Partial partial, Context context) throws RenderingException {
        Context inner = context;
        if (partial.context().isPresent()) {
            Path path = partial.context().get();
            JsonNode value = find(path, context);
            if (value == null) {
                throw RenderingException.missing(path.written());
            }
            inner = new Context(value, context, Map.of());
        }
        // That it exists was seen when the template was read.
        render(partials.getOrDefault(partial.name(), List.of()), inner);
    }

    private @Nullable JsonNode find(Path path, Context from) throws RenderingException {
        Context context = from;
        for (int i = 0; i < path.up(); i++) {
            step();
            if (context.outer() == null) {
                return null;
            }
            context = context.outer();
        }
        if (path.names().isEmpty()) {
            return context.value();
        }
        String first = path.names().getFirst();
        if (path.data() && first.equals("root")) {
            return inner(outermost.value(), path);
        }
        for (Context looked = context; looked != null; looked = looked.outer()) {
            step();
            JsonNode given = looked.data().get(path.data() ? "@" + first : first);
            JsonNode found = given != null || path.data() ? given : child(looked.value(), first);
            if (found != null) {
                return inner(found, path);
            }
            if (path.fixed()) {
                return null;
            }
        }
        return null;
    }

    private @Nullable JsonNode inner(JsonNode begin, Path path) throws RenderingException {
        JsonNode value = begin;
        for (String name : path.names().subList(1, path.names().size())) {
            step();
            value = value == null ? null : child(value, name);
        }
        return value;
    }

    private static @Nullable JsonNode child(JsonNode value, String name) {
        if (!value.isArray()) {
            return value.get(name);
        }
        if (name.equals("length")) {
            return IntNode.valueOf(value.size());
        }
        boolean number = name.length() <= LONGEST_INDEX && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && !name.isEmpty() ? value.get(Integer.parseInt(name)) : null;
    }

    // Handlebars' idea of false.
    private static boolean isTrue(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return false;
        }
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case STRING -> !value.textValue().isEmpty();
            case NUMBER -> value.decimalValue().signum() != 0;
            case ARRAY -> !value.isEmpty();
            default -> true;
        };
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private void write(String text) throws RenderingException {
        if (out.length() + text.length() > LONGEST) {
            throw RenderingException.tooMuch("The rendered template is longer than " + LONGEST + " characters");
        }
        out.append(text);
    }

    private void step() throws RenderingException {
        if (++steps > MOST_STEPS) {
            throw RenderingException.tooMuch("The template takes more than " + MOST_STEPS + " steps to render");
        }
    }
}
