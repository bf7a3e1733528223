package io.waypost.api.template.language;

import io.waypost.api.template.language.Scanner.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From tokens to a tree, by descent. */
final class Parser {

    private static final int DEEPEST = 50;

    private final List<Token> tokens;
    private final Map<String, List<Node>> partials = new HashMap<>();
    private final Set<String> called = new HashSet<>();
    private int at;
    private int depth;

    /** Nodes up to a tag that they do not hold themselves: a closing one, an else, or the end. */
    private record Block(List<Node> nodes, @Nullable Tag end) {}

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Template parse(String text) throws TemplateSyntaxException {
        Parser parser = new Parser(Scanner.scan(text));
        Block all = parser.block();
        if (all.end != null) {
            throw fault("Nothing is open here", all.end);
        }
        for (String name : parser.called) {
            if (!parser.partials.containsKey(name)) {
                throw new TemplateSyntaxException("There is no inline partial " + name);
            }
        }
        return new Template(all.nodes, parser.partials);
    }

    private Block block() throws TemplateSyntaxException {
        List<Node> nodes = new ArrayList<>();
        while (at < tokens.size()) {
            switch (tokens.get(at++)) {
                case Token.Text words -> nodes.add(new Node.Words(words.text()));
                case Token.Braces braces -> {
                    Tag tag = braces.tag();
                    if (tag.sign() == '/' || tag.isElse()) {
                        return new Block(nodes, tag);
                    }
                    node(tag).ifPresent(nodes::add);
                }
            }
        }
        return new Block(nodes, null);
    }

    private Optional<Node> node(Tag tag) throws TemplateSyntaxException {
        return switch (tag.sign()) {
            case '#' -> Optional.of(opened(tag, tag.words()));
            case '^' -> Optional.of(inverse(tag));
            case '*' -> inline(tag);
            case '>' -> Optional.of(partial(tag));
            default -> {
                if (tag.words().size() != 1) {
                    throw fault("Only an attribute can stand here", tag);
                }
                yield Optional.of(new Node.Value(Path.parse(tag.word(0))));
            }
        };
    }

    /** @param words the helper and what it is about, of the opening tag or of an else */
    private Node opened(Tag tag, List<String> words) throws TemplateSyntaxException {
        Node node = block(tag, words, words.isEmpty() ? "" : words.getFirst());
        Tag end = previous();
        if (end.sign() != '/' || end.words().size() != 1 || !end.word(0).equals(words.getFirst())) {
            throw fault("Does not close what is open, " + tag.written(), end);
        }
        return node;
    }

    // What follows is read up to the closing tag, which stays the previous one.
    private Node block(Tag tag, List<String> words, String helper) throws TemplateSyntaxException {
        deeper(tag);
        boolean known = Set.of("if", "unless", "each", "with").contains(helper);
        if (words.size() < (known ? 2 : 1) || words.size() > (known ? 2 : 1) && !helper.equals("each")) {
            throw fault("Not a block", tag);
        }
        Path path = Path.parse(words.get(known ? 1 : 0));
        List<String> names = helper.equals("each") ? names(words, tag) : List.of();
        Block body = block();
        List<Node> otherwise = otherwise(body.end, tag);
        depth--;
        return switch (helper) {
            case "if" -> new Node.Condition(path, false, body.nodes, otherwise);
            case "unless" -> new Node.Condition(path, true, body.nodes, otherwise);
            case "each" ->
                new Node.Loop(
                        path, names.stream().findFirst(), names.stream().skip(1).findFirst(), body.nodes, otherwise);
            case "with" -> new Node.Within(path, body.nodes, otherwise);
            default -> new Node.Section(path, body.nodes, otherwise);
        };
    }

    private List<Node> otherwise(@Nullable Tag end, Tag opened) throws TemplateSyntaxException {
        if (end == null) {
            throw fault("Never closed", opened);
        }
        if (!end.isElse()) {
            return List.of();
        }
        if (end.words().size() > 1) {
            // "else if x" is a block within, which the same closing tag ends.
            List<String> words = end.words().subList(1, end.words().size());
            return List.of(block(end, words, words.getFirst()));
        }
        Block rest = block();
        if (rest.end == null) {
            throw fault("Never closed", opened);
        }
        if (rest.end.isElse()) {
            throw fault("A second else", rest.end);
        }
        return rest.nodes;
    }

    // each list as |item index|
    private static List<String> names(List<String> words, Tag tag) throws TemplateSyntaxException {
        if (words.size() == 2) {
            return List.of();
        }
        String bars =
                String.join(" ", words.subList(3, Math.max(3, words.size()))).strip();
        if (!words.get(2).equals("as") || bars.length() < 3 || !bars.startsWith("|") || !bars.endsWith("|")) {
            throw fault("Not a block", tag);
        }
        List<String> names =
                List.of(bars.substring(1, bars.length() - 1).strip().split(" +"));
        if (names.size() > 2 || names.getFirst().isEmpty()) {
            throw fault("Not a block", tag);
        }
        return names;
    }

    private Node inverse(Tag tag) throws TemplateSyntaxException {
        deeper(tag);
        if (tag.words().size() != 1) {
            throw fault("Not a block", tag);
        }
        Path path = Path.parse(tag.word(0));
        Block body = block();
        List<Node> otherwise = otherwise(body.end, tag);
        depth--;
        if (!previous().word(0).equals(tag.word(0))) {
            throw fault("Does not close what is open, " + tag.written(), previous());
        }
        return new Node.Section(path, otherwise, body.nodes);
    }

    private Optional<Node> inline(Tag tag) throws TemplateSyntaxException {
        deeper(tag);
        if (tag.words().size() != 2 || !tag.word(0).equals("inline")) {
            throw fault("Not an inline partial", tag);
        }
        Block body = block();
        depth--;
        if (body.end == null || body.end.sign() != '/' || !body.end.word(0).equals("inline")) {
            throw fault("Never closed", tag);
        }
        partials.put(name(tag.word(1)), body.nodes);
        return Optional.empty();
    }

    private Node partial(Tag tag) throws TemplateSyntaxException {
        if (tag.words().isEmpty() || tag.words().size() > 2 || tag.written().contains("=")) {
            throw fault("Not a partial", tag);
        }
        String name = name(tag.word(0));
        called.add(name);
        return new Node.Partial(
                name, tag.words().size() == 2 ? Optional.of(Path.parse(tag.word(1))) : Optional.empty());
    }

    private static String name(String written) {
        boolean quoted = written.length() >= 2
                && (written.startsWith("\"") || written.startsWith("'"))
                && written.endsWith(written.substring(0, 1));
        return quoted ? written.substring(1, written.length() - 1) : written;
    }

    private Tag previous() {
        return tokens.get(at - 1) instanceof Token.Braces(Tag tag) ? tag : new Tag(' ', List.of(), "the end");
    }

    private void deeper(Tag tag) throws TemplateSyntaxException {
        if (++depth > DEEPEST) {
            throw fault("More than " + DEEPEST + " blocks within each other", tag);
        }
    }

    private static TemplateSyntaxException fault(String what, Tag tag) {
        return new TemplateSyntaxException(what + ": " + tag.written());
    }
}
