package io.waypost.api.aws.rest;

import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.OperationShape.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the operation of a method and a path. Immutable. */
final class Routes {

    /**
     * An operation and what its labels have, still encoded.
     *
     * @param older whether an older client asks
     */
    record Found(OperationShape operation, boolean older, Map<String, String> labels) {}

    private record Template(OperationShape operation, boolean older, List<String> parts) {

        private boolean takes(List<String> path) {
            for (int i = 0; i < path.size(); i++) {
                boolean taken = isLabel(parts.get(i))
                        ? !path.get(i).isEmpty()
                        : parts.get(i).equals(path.get(i));
                if (!taken) {
                    return false;
                }
            }
            return true;
        }

        private Found found(List<String> path) {
            Map<String, String> labels = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String part = parts.get(i);
                if (isLabel(part)) {
                    labels.put(part.substring(1, part.length() - 1), path.get(i));
                }
            }
            return new Found(operation, older, labels);
        }

        private static boolean isLabel(String part) {
            return part.startsWith("{");
        }

        private long labels() {
            return parts.stream().filter(Template::isLabel).count();
        }
    }

    private record Kind(String method, int parts) {}

    private final Map<Kind, List<Template>> templates = new HashMap<>();

    Routes(Collection<OperationShape> operations) {
        for (OperationShape operation : operations) {
            add(operation, operation.route(), false);
            operation.older().ifPresent(route -> add(operation, route, true));
        }
        // A word is preferred to a label in its place.
        templates.values().forEach(list -> list.sort(Comparator.comparingLong(Template::labels)));
    }

    private void add(OperationShape operation, Route route, boolean older) {
        List<String> parts = parts(route.path());
        templates
                .computeIfAbsent(new Kind(route.method(), parts.size()), kind -> new ArrayList<>())
                .add(new Template(operation, older, parts));
    }

    /** @param path as sent, percent-encoded; a slash at its end means nothing */
    Optional<Found> find(String method, String path) {
        List<String> parts = parts(path);
        return templates.getOrDefault(new Kind(method, parts.size()), List.of()).stream()
                .filter(template -> template.takes(parts))
                .findFirst()
                .map(template -> template.found(parts));
    }

    private static List<String> parts(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(trimmed.split("/", -1));
    }
}
