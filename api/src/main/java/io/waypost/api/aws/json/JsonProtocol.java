package io.waypost.api.aws.json;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
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
import java.util.List;
import java.util.Map;

/** The JSON protocol 1.0 of Mail Manager: the operation in the header X-Amz-Target, everything else in the body. */
public final class JsonProtocol implements Protocol {

    /** The header that names the operation. */
    public static final String TARGET = "x-amz-target";

    private static final String TYPE = "application/x-amz-json-1.0";

    @Override
    public Api api() {
        return Api.MAILMANAGER;
    }

    @Override
    public String signingName() {
        return "ses";
    }

    @Override
    public Question question(WireRequest request) throws RefusedException {
        if (!request.method().equals("POST")
                || !request.path().equals("/")
                || !request.query().isEmpty()) {
            throw new RefusedException(Fault.MALFORMED, "A request with X-Amz-Target is a POST to / without a query");
        }
        ContentType type = ContentType.of(request);
        if (type.type().isEmpty() || !type.isJson()) {
            throw new RefusedException(Fault.MALFORMED, "The Content-Type of a request is " + TYPE);
        }
        List<String> targets = request.headers().getOrDefault(TARGET, List.of());
        if (targets.size() != 1) {
            throw new RefusedException(Fault.MALFORMED, "The request has more than one X-Amz-Target");
        }
        String prefix = Model.of(Api.MAILMANAGER).target() + ".";
        String target = targets.getFirst();
        return new Asked(target.startsWith(prefix) ? target.substring(prefix.length()) : "", request.body());
    }

    private record Asked(String operation, byte[] body) implements Question {

        @Override
        public Struct input(OperationShape operation) throws RefusedException {
            Struct.Builder input = new Struct.Builder(operation.input());
            JsonReader.read(body, operation.input(), input);
            return input.build();
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
        body.put("__type", refusal.code());
        // The models of this API write it so; clients read either.
        body.put("Message", refusal.message());
        refusal.members().forEach(body::putIfAbsent);
        return new WireResponse(
                refusal.status(),
                Map.of("Content-Type", TYPE, "x-amzn-RequestId", requestId, "x-amzn-errortype", refusal.code()),
                JsonWriter.write(body));
    }

    @Override
    public Refusal refusal(Fault fault, String words) {
        return JsonFaults.refusal(fault, words, "ValidationException", Refusal.of("ThrottlingException", 400, words));
    }
}
