package io.waypost.api.aws.model;

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

    private final Facts described;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, TextPattern> patterns = new HashMap<>();

    private ModelReader(Facts described) {
        this.described = described;
    }

    static Model read(String resource) {
        try (InputStream in = Api.class.getResourceAsStream("model/" + resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            Facts root = Facts.read(in);
            return new ModelReader(root.object("shapes")).model(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the program is missing", e);
        }
    }

    private Model model(Facts root) {
        Map<String, OperationShape> operations = new HashMap<>();
        root.object("operations").forEach((name, node) -> operations.put(name, operation(name, node)));
        Map<String, ErrorShape> errors = new HashMap<>();
        described.forEach((name, node) -> {
            if (node.has("error")) {
                errors.put(name, error(name, node));
            }
        });
        return new Model(root.text("version"), root.text("namespace"), root.text("target"), operations, errors);
    }

    private OperationShape operation(String name, Facts node) {
        return new OperationShape(
                name,
                route(node),
                node.has("older") ? Optional.of(route(node.object("older"))) : Optional.empty(),
                structure(node, "input").orElse(NOTHING),
                structure(node, "output"));
    }

    private static Route route(Facts node) {
        return new Route(node.text("method"), node.text("path"));
    }

    private Optional<Structure> structure(Facts operation, String side) {
        return operation.has(side) ? Optional.of((Structure) shape(operation.text(side))) : Optional.empty();
    }

    private static ErrorShape error(String name, Facts node) {
        Facts error = node.object("error");
        List<String> members = new ArrayList<>();
        node.object("members").forEach((member, shape) -> {
            if (!member.equalsIgnoreCase("message")) {
                members.add(member);
            }
        });
        return new ErrorShape(
                name,
                error.text("code"),
                (int) error.number("status", 400),
                error.text("fault").equals("Sender"),
                List.copyOf(members));
    }

    private Shape shape(String name) {
        // Not computeIfAbsent: a shape reads the shapes in it.
        Shape known = shapes.get(name);
        if (known != null) {
            return known;
        }
        Shape read = shape(name, described.object(name));
        shapes.put(name, read);
        return read;
    }

    private Shape shape(String name, Facts node) {
        String type = node.text("type");
        return switch (type) {
            case "structure" -> new Structure(name, members(node.object("members")), node.has("union"));
            case "list" -> new Shape.Listed(name, shape(node.text("member")), limits(node));
            case "map" ->
                new Shape.Mapped(
                        name,
                        (Shape.Text) shape(node.text("key")),
                        shape(node.text("value")),
                        node.text("keyAs"),
                        node.text("valueAs"),
                        limits(node));
            case "string" -> new Shape.Text(name, limits(node), pattern(node), node.texts("enum"));
            case "integer", "long" -> new Shape.Whole(name, type.equals("long"), limits(node));
            case "double" -> new Shape.Decimal(name, limits(node));
            case "boolean" -> new Shape.Flag(name);
            case "blob" -> new Shape.Octets(name, limits(node));
            case "timestamp" -> new Shape.Moment(name);
            default -> throw new IllegalArgumentException(name + " is of type '" + type + "'");
        };
    }

    private Members members(Facts node) {
        List<Member> members = new ArrayList<>();
        node.forEach((name, member) -> {
            members.add(new Member(
                    name,
                    members.size(),
                    shape(member.text("shape")),
                    member.has("required"),
                    place(member.text("in")),
                    member.has("as") ? member.text("as") : name));
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

    private static Limits limits(Facts node) {
        if (!node.has("min") && !node.has("max")) {
            return Limits.NONE;
        }
        return new Limits(node.number("min", Long.MIN_VALUE), node.number("max", Long.MAX_VALUE));
    }

    private Optional<TextPattern> pattern(Facts node) {
        return node.has("pattern")
                ? Optional.of(patterns.computeIfAbsent(node.text("pattern"), TextPattern::new))
                : Optional.empty();
    }
}
