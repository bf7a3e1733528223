package io.waypost.config.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document (YAML 1.2) into a tree of nodes, straight from the parser's events, so that a hostile text costs no
 * more than its size: what nests deeper than 50 ends the reading, and nothing can be named once and used twice. Aliases,
 * anchors, merge keys and tags are refused with their line: none of them is needed in a file that says what it means.
 */
public final class Document {

    /** Bytes of the longest file, and code points of the longest text. */
    static final int MAX_SIZE = 16 * 1024 * 1024;

    // The parser's cost grows with the square of a line's length.
    private static final int MAX_LINE = 64 * 1024;

    private static final int MAX_DEPTH = 50;

    private final String file;
    private final Substitution substitution;
    private final Problems problems;
    private final Iterator<Event> events;

    private Document(String file, Substitution substitution, Problems problems, Iterator<Event> events) {
        this.file = file;
        this.substitution = substitution;
        this.problems = problems;
        this.events = events;
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
        OptionalInt longLine = longLine(text);
        if (longLine.isPresent()) {
            problems.add(
                    new Place(file, longLine.getAsInt()), "longer than " + MAX_LINE / 1024 + " KiB; break the line");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_SIZE)
                .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return new Document(file, substitution, problems, events).document();
        } catch (TooDeepException e) {
            problems.add(e.place, "nested more than " + MAX_DEPTH + " deep; the rest of the file was not read");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            String fault = e.getProblem() == null ? e.getContext() : e.getProblem();
            problems.add(new Place(file, line), "not YAML: " + fault);
        } catch (ReaderException e) {
            problems.add(
                    new Place(file, lineOf(text, e.getPosition())),
                    "not YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(new Place(file, 1), "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Reads a file in UTF-8, whose problems are then named by {@code path} as given. */
    public static Optional<Node> read(Path path, Substitution substitution, Problems problems) {
        Place place = new Place(path.toString(), 1);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                problems.add(place, "larger than " + MAX_SIZE / 1024 / 1024 + " MiB");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(path.toString(), text, substitution, problems);
        } catch (CharacterCodingException e) {
            problems.add(place, "not UTF-8; save the file in that encoding");
        } catch (NoSuchFileException e) {
            problems.add(place, "there is no such file");
        } catch (IOException e) {
            problems.add(place, "cannot be read: " + e);
        }
        return Optional.empty();
    }

    private Optional<Node> document() {
        Optional<Node> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                root = Optional.of(node(event, 0));
            } else if (event.getEventId() == Event.ID.DocumentStart && root.isPresent()) {
                problems.add(place(event), "a second document begins here; a file holds one");
                return Optional.empty();
            }
        }
        if (root.isEmpty() || (root.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            problems.add(new Place(file, 1), "the file is empty");
            return Optional.empty();
        }
        return root;
    }

    private Node node(Event event, int depth) {
        Place place = place(event);
        if (depth > MAX_DEPTH) {
            throw new TooDeepException(place);
        }
        return switch (event) {
            case MappingStartEvent start -> {
                refuseProperties(start, start.getTag(), place);
                yield mapping(place, depth);
            }
            case SequenceStartEvent start -> {
                refuseProperties(start, start.getTag(), place);
                yield sequence(place, depth);
            }
            case ScalarEvent scalar -> {
                refuseProperties(scalar, scalar.getTag(), place);
                yield substitution.scalar(place, scalar.getValue(), scalar.isPlain(), problems);
            }
            default -> {
                problems.add(place, "aliases (*name) are not allowed; write the value out");
                yield new Node.Scalar(place, "", true, false);
            }
        };
    }

    private Node sequence(Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Node mapping(Place place, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Place keyPlace = place(event);
            Optional<String> key = key(event, keyPlace, depth);
            Node value = node(events.next(), depth + 1);
            if (key.isEmpty()) {
                continue;
            }
            if (entries.putIfAbsent(key.get(), value) != null) {
                problems.add(keyPlace, "the key '" + key.get() + "' stands here twice");
            }
            places.putIfAbsent(key.get(), keyPlace);
        }
        return new Node.Mapping(place, entries, places);
    }

    private Optional<String> key(Event event, Place place, int depth) {
        if (!(event instanceof ScalarEvent scalar)) {
            node(event, depth + 1);
            problems.add(place, "a key must be a plain word");
            return Optional.empty();
        }
        refuseProperties(scalar, scalar.getTag(), place);
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            problems.add(place, "merge keys (<<) are not allowed; write the values out");
            return Optional.empty();
        }
        if (scalar.getValue().isBlank()) {
            problems.add(place, "a key is missing before the ':'");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private void refuseProperties(NodeEvent event, Optional<String> tag, Place place) {
        if (event.getAnchor().isPresent()) {
            problems.add(place, "anchors (&name) are not allowed; write the value out where it is needed");
        }
        if (tag.isPresent()) {
            problems.add(place, "tags (!name) are not allowed; write the value alone");
        }
    }

    private Place place(Event event) {
        return new Place(
                file, event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    private static OptionalInt longLine(String text) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            if (end - start > MAX_LINE) {
                return OptionalInt.of(line);
            }
            start = end + 1;
            line++;
        }
        return text.length() - start > MAX_LINE ? OptionalInt.of(line) : OptionalInt.empty();
    }

    private static int lineOf(String text, int position) {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }

    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        TooDeepException(Place place) {
            super(null, null, false, false);
            this.place = place;
        }
    }
}
