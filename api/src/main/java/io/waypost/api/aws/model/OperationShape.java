package io.waypost.api.aws.model;

import io.waypost.api.aws.model.Shape.Structure;
import java.util.Optional;

/**
 * An operation of an API.
 *
 * @param route how the REST API asks for it; {@code POST /} in the others
 * @param older how older clients of the REST API ask for it
 * @param input without members when the model has none
 * @param output nothing when the model has none, which the Query protocol says otherwise than an empty one
 */
public record OperationShape(
        String name, Route route, Optional<Route> older, Structure input, Optional<Structure> output) {

    /**
     * A method and a template of a path.
     *
     * @param path such as {@code /v2/email/identities/{EmailIdentity}}
     */
    public record Route(String method, String path) {}
}
