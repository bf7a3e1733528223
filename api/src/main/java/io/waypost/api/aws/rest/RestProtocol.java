package io.waypost.api.aws.rest;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.json.JsonProtocol;
import io.waypost.api.aws.json.JsonWriter;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.ContentType;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.JsonFaults;
import io.waypost.api.aws.protocol.Protocol;
import io.waypost.api.aws.protocol.Refusal;
import io.waypost.api.aws.protocol.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The REST protocol of SES' second API: an operation is a method and a path, a body is JSON (SES contract 4.3). */
public final class RestProtocol implements Protocol {

    private static final String TYPE = "application/json";
    private static final String SEND = "/v2/email/outbound-emails";

    private final Routes routes = new Routes(Model.of(Api.SESV2).operations());

    /** Whether a path belongs to this API; one route of older clients begins otherwise. */
    public static boolean isAskedBy(String path) {
        return path.startsWith("/v2/email/") || path.startsWith("/v1/email/");
    }

    /** Whether an operation is asked for whose request may carry a whole mail of 40 MB (contract 4.8). */
    public static boolean carriesMail(String method, String path) {
        return method.equals("POST") && (path.equals(SEND) || path.equals(SEND + "/"));
    }

    @Override
    public Api api() {
        return Api.SESV2;
    }

    @Override
    public String signingName() {
        return "ses";
    }

    @Override
    public Question question(WireRequest request) throws RefusedException {
        if (request.headers().containsKey(JsonProtocol.TARGET)) {
            throw new RefusedException(Fault.MALFORMED, "The request has a path and an X-Amz-Target");
        }
        if (!ContentType.of(request).isJson() && request.body().length > 0) {
            throw new RefusedException(Fault.MALFORMED, "The Content-Type of a request is " + TYPE);
        }
        Optional<Routes.Found> found = routes.find(request.method(), request.path());
        return new Asked(found, request);
    }

    private record Asked(Optional<Routes.Found> found, WireRequest request) implements Question {

        @Override
        public String operation() {
            return found.map(route -> route.operation().name()).orElse("");
        }

        @Override
        public Struct input(OperationShape operation) throws RefusedException {
            return RestReader.read(found.orElseThrow(), request);
        }
    }

    @Override
    public WireResponse answer(OperationShape operation, Struct output, String requestId) {
        return new WireResponse(
                200, Map.of("Content-Type", TYPE, "x-amzn-RequestId", requestId), JsonWriter.write(output));
    }

    @Override
    public WireResponse answer(Refusal refusal, String requestId) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("message", refusal.message());
        refusal.members().forEach(body::putIfAbsent);
        return new WireResponse(
                refusal.status(),
                Map.of("Content-Type", TYPE, "x-amzn-RequestId", requestId, "x-amzn-errortype", refusal.code()),
                JsonWriter.write(body));
    }

    @Override
    public Refusal refusal(Fault fault, String words) {
        return JsonFaults.refusal(
                fault, words, "BadRequestException", Refusal.of("TooManyRequestsException", 429, words));
    }
}
