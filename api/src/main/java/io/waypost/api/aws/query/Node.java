package io.waypost.api.aws.query;

import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the tree that dotted names form: it has a value, or parts of its own. */
final class Node {

    private static final int DEEPEST = 100;
    private static final int MOST = 50_000;
    private static final int LONGEST_NUMBER = 9;

    private @Nullable String value;
    private final Map<String, Node> children = new HashMap<>(4);

    private Node() {}

    /** @throws RefusedException when a name has a value and parts, too, or the tree is too deep or too large */
    static Node tree(Parameters parameters) throws RefusedException {
        Node root = new Node();
        int made = 0;
        for (Map.Entry<String, String> parameter : parameters.all().entrySet()) {
            Node node = root;
            String name = parameter.getKey();
            int depth = 0;
            for (int begin = 0; begin <= name.length(); ) {
                int end = name.indexOf('.', begin);
                end = end < 0 ? name.length() : end;
                if (++depth > DEEPEST || node.value != null) {
                    throw new RefusedException(
                            Fault.MALFORMED,
                            depth > DEEPEST
                                    ? "The request is nested too deeply"
                                    : "A parameter has a value and members, too");
                }
                String part = name.substring(begin, end);
                Node next = node.children.get(part);
                if (next == null) {
                    if (++made > MOST) {
                        throw new RefusedException(Fault.MALFORMED, "The request has too many members");
                    }
                    next = new Node();
                    node.children.put(part, next);
                }
                node = next;
                begin = end + 1;
            }
            if (!node.children.isEmpty()) {
                throw new RefusedException(Fault.MALFORMED, "A parameter has a value and members, too");
            }
            node.value = parameter.getValue();
        }
        return root;
    }

    /** The text at the end of a name; null when there are parts below. */
    @Nullable
    String value() {
        return value;
    }

    Map<String, Node> children() {
        return children;
    }

    @Nullable
    Node child(String name) {
        return children.get(name);
    }

    /**
     * The numbered parts below one part, in the order of their numbers, which need not be without gaps. None when the value is empty: so
     * clients write a list without members.
     *
     * @throws RefusedException when something else stands there
     */
    List<Node> numbered(String below) throws RefusedException {
        if (value != null) {
            if (value.isEmpty()) {
                return List.of();
            }
            throw mistyped();
        }
        Node numbers = children.get(below);
        if (numbers == null || children.size() > 1 || numbers.value != null) {
            throw mistyped();
        }
        record Numbered(int number, Node node) {}
        List<Numbered> found = new ArrayList<>(numbers.children.size());
        for (Map.Entry<String, Node> entry : numbers.children.entrySet()) {
            found.add(new Numbered(number(entry.getKey()), entry.getValue()));
        }
        found.sort(Comparator.comparingInt(Numbered::number));
        return found.stream().map(Numbered::node).toList();
    }

    private static int number(String text) throws RefusedException {
        // One way to write each number, so that no two names mean one place.
        boolean number = !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.charAt(0) != '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw mistyped();
        }
        return Integer.parseInt(text);
    }

    private static RefusedException mistyped() {
        return new RefusedException(Fault.MISTYPED, "Unexpected key or value where a list or a map begins");
    }
}
