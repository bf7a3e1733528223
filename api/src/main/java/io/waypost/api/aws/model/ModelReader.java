package io.waypost.api.aws.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.model.Member.Place;
import io.waypost.api.aws.model.OperationShape.Route;
import io.waypost.api.aws.model.Shape.Structure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a catalogue as {@code api/src/model/generate.py} writes it. */
final class ModelReader {

    private static final Structure NOTHING = new Structure("Nothing", new Members(List.of()), false);

    private final JsonNode described;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, TextPattern> patterns = new HashMap<>();

    private ModelReader(JsonNode described) {
        this.described = described;
    }

    static Model read(String resource) {
        try (InputStream in = Api.class.getResourceAsStream("model/" + resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            JsonNode root = new ObjectMapper().readTree(in);
            return new ModelReader(root.path("shapes")).model(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the program is missing", e);
        }
    }

    private Model model(JsonNode root) {
        Map<String, OperationShape> operations = new HashMap<>();
        root.path("operations").properties().forEach(entry -> {
            operations.put(entry.getKey(), operation(entry.getKey(), entry.getValue()));
        });
        Map<String, ErrorShape> errors = new HashMap<>();
        described.properties().forEach(entry -> {
            if (entry.getValue().has("error")) {
                errors.put(entry.getKey(), error(entry.getKey(), entry.getValue()));
            }
        });
        return new Model(
                root.path("version").asText(),
                root.path("namespace").asText(),
                root.path("target").asText(),
                operations,
                errors);
    }

    private OperationShape operation(String name, JsonNode node) {
        return new OperationShape(
                name,
                route(node),
                node.has("older") ? Optional.of(route(node.path("older"))) : Optional.empty(),
                structure(node, "input").orElse(NOTHING),
                structure(node, "output"));
    }

    private static Route route(JsonNode node) {
        return new Route(node.path("method").asText(), node.path("path").asText());
    }

    private Optional<Structure> structure(JsonNode operation, String side) {
        return operation.has(side)
                ? Optional.of((Structure) shape(operation.path(side).asText()))
                : Optional.empty();
    }

    private static ErrorShape error(String name, JsonNode node) {
        JsonNode error = node.path("error");
        List<String> members = new ArrayList<>();
        node.path("members").fieldNames().forEachRemaining(member -> {
            if (!member.equalsIgnoreCase("message")) {
                members.add(member);
            }
        });
        return new ErrorShape(
                name,
                error.path("code").asText(),
                error.path("status").asInt(),
                error.path("fault").asText().equals("Sender"),
                List.copyOf(members));
    }

    private Shape shape(String name) {
        // Not computeIfAbsent: a shape reads the shapes in it.
        Shape known = shapes.get(name);
        if (known != null) {
            return known;
        }
        Shape read = shape(name, described.path(name));
        shapes.put(name, read);
        return read;
    }

    private Shape shape(String name, JsonNode node) {
        String type = node.path("type").asText();
        return switch (type) {
            case "structure" -> new Structure(name, members(node.path("members")), node.has("union"));
            case "list" -> new Shape.Listed(name, shape(node.path("member").asText()), limits(node));
            case "map" ->
                new Shape.Mapped(
                        name,
                        (Shape.Text) shape(node.path("key").asText()),
                        shape(node.path("value").asText()),
                        node.path("keyAs").asText(),
                        node.path("valueAs").asText(),
                        limits(node));
            case "string" -> new Shape.Text(name, limits(node), pattern(node), words(node));
            case "integer", "long" -> new Shape.Whole(name, type.equals("long"), limits(node));
            case "double" -> new Shape.Decimal(name, limits(node));
            case "boolean" -> new Shape.Flag(name);
            case "blob" -> new Shape.Octets(name, limits(node));
            case "timestamp" -> new Shape.Moment(name);
            default -> throw new IllegalArgumentException(name + " is of type '" + type + "'");
        };
    }

    private Members members(JsonNode node) {
        List<Member> members = new ArrayList<>();
        node.properties().forEach(entry -> {
            JsonNode member = entry.getValue();
            members.add(new Member(
                    entry.getKey(),
                    members.size(),
                    shape(member.path("shape").asText()),
                    member.has("required"),
                    place(member.path("in").asText()),
                    member.path("as").asText(entry.getKey())));
        });
        return new Members(members);
    }

    private static Place place(String in) {
        return switch (in) {
            case "" -> Place.BODY;
            case "uri" -> Place.PATH;
            case "querystring" -> Place.QUERY;
            default -> throw new IllegalArgumentException("a member in " + in);
        };
    }

    private static Limits limits(JsonNode node) {
        if (!node.has("min") && !node.has("max")) {
            return Limits.NONE;
        }
        return new Limits(
                node.path("min").asLong(Long.MIN_VALUE), node.path("max").asLong(Long.MAX_VALUE));
    }

    private Optional<TextPattern> pattern(JsonNode node) {
        return node.has("pattern")
                ? Optional.of(patterns.computeIfAbsent(node.path("pattern").asText(), TextPattern::new))
                : Optional.empty();
    }

    private static List<String> words(JsonNode node) {
        List<String> words = new ArrayList<>();
        node.path("enum").forEach(word -> words.add(word.asText()));
        return List.copyOf(words);
    }
}
