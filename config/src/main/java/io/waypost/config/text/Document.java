package io.waypost.config.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML document (YAML 1.2) into a tree of nodes. Aliases and merge keys are refused: hostile files grow by them. */
public final class Document {

    private static final int MAX_DEPTH = 50;

    private final String file;
    private final Substitution substitution;
    private final Problems problems;

    private Document(String file, Substitution substitution, Problems problems) {
        this.file = file;
        this.substitution = substitution;
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param file the name for messages
     * @param text the YAML text
     * @param substitution what {@code ${...}} means
     * @param problems takes every fault
     * @return nothing when the text is no YAML at all or empty
     */
    public static Optional<Node> read(String file, String text, Substitution substitution, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setMaxAliasesForCollections(0)
                    .setCodePointLimit(16 * 1024 * 1024)
                    .setAllowDuplicateKeys(false)
                    .build();
            Optional<org.snakeyaml.engine.v2.nodes.Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Place(file, 1), "the file is empty");
                return Optional.empty();
            }
            return Optional.of(new Document(file, substitution, problems).node(root.get(), 0));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(new Place(file, line), "not YAML: " + e.getProblem());
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(new Place(file, 1), "not YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Reads a file, whose problems are then named by {@code path} as given. */
    public static Optional<Node> read(Path path, Substitution substitution, Problems problems) {
        try {
            return read(path.toString(), java.nio.file.Files.readString(path), substitution, problems);
        } catch (IOException e) {
            problems.add(new Place(path.toString(), 1), "cannot be read: " + e);
            return Optional.empty();
        }
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        Place place = place(node.getStartMark());
        if (depth > MAX_DEPTH) {
            problems.add(place, "nested more than " + MAX_DEPTH + " deep");
            return new Node.Scalar(place, "", true, false);
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, depth);
            case SequenceNode sequence ->
                new Node.Sequence(
                        place,
                        sequence.getValue().stream()
                                .map(item -> node(item, depth + 1))
                                .toList());
            case ScalarNode scalar ->
                substitution.scalar(place, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, problems);
            default -> {
                problems.add(place, "aliases (*name) are not allowed; write the value out");
                yield new Node.Scalar(place, "", true, false);
            }
        };
    }

    private Node mapping(MappingNode mapping, Place place, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        List<NodeTuple> tuples = mapping.getValue();
        for (NodeTuple tuple : tuples) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyPlace, "a key must be a plain word");
                continue;
            }
            if (entries.put(key.getValue(), node(tuple.getValueNode(), depth + 1)) != null) {
                problems.add(keyPlace, "the key '" + key.getValue() + "' stands here twice");
            }
            places.put(key.getValue(), keyPlace);
        }
        return new Node.Mapping(place, entries, places);
    }

    private Place place(Optional<Mark> mark) {
        return new Place(file, mark.map(m -> m.getLine() + 1).orElse(1));
    }
}
