package io.waypost.api.aws.query;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.protocol.ContentType;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.Utf8;
import java.util.Set;

/**
 * A request in the Query protocol: an action, a version and parameters.
 *
 * @param action as the request has it
 * @param version of the API, as the request has it; empty when it has none
 */
public record FormRequest(String action, String version, Parameters parameters) {

    private static final Set<String> METHODS = Set.of("GET", "POST");

    /**
     * Takes the parameters from where they stand: the body of a POST, or the query of either method.
     *
     * @throws RefusedException when they stand in both, stand there twice, or there is no action
     */
    public static FormRequest of(WireRequest request) throws RefusedException {
        if (!METHODS.contains(request.method())) {
            throw new RefusedException(Fault.MALFORMED, "A form is sent with POST or GET");
        }
        Parameters query = Parameters.ofQuery(request.query());
        Parameters body = body(request);
        if (query.ask() && body.ask()) {
            throw new RefusedException(Fault.MALFORMED, "The request has parameters in its query and in its body");
        }
        Parameters parameters = body.ask() ? body : query;
        String action = parameters.value("Action").orElse("");
        if (action.isEmpty()) {
            throw new RefusedException(Fault.NO_OPERATION, "The request has no parameter Action");
        }
        return new FormRequest(action, parameters.value("Version").orElse(""), parameters);
    }

    private static Parameters body(WireRequest request) throws RefusedException {
        if (request.body().length == 0) {
            return Parameters.ofForm("");
        }
        if (!request.method().equals("POST")) {
            throw new RefusedException(Fault.MALFORMED, "A body is taken with the method POST only");
        }
        if (!ContentType.of(request).isForm()) {
            throw new RefusedException(
                    Fault.MALFORMED, "The Content-Type of a form is application/x-www-form-urlencoded");
        }
        return Parameters.ofForm(Utf8.decode(request.body(), 0, request.body().length));
    }
}
