package io.waypost.api.aws.query;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.Protocol;
import io.waypost.api.aws.protocol.Refusal;
import io.waypost.api.aws.protocol.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The Query protocol: {@code Action} and {@code Version}, members with dotted names, answers in XML (SES contract 4.2). */
public final class QueryProtocol implements Protocol {

    private final Api api;
    private final Model model;
    private final String signingName;

    /** @param signingName the service that the scope of a signature names */
    public QueryProtocol(Api api, String signingName) {
        this.api = api;
        this.model = Model.of(api);
        this.signingName = signingName;
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String signingName() {
        return signingName;
    }

    /** The version that this API has in a form. */
    public String version() {
        return model.version();
    }

    @Override
    public Question question(WireRequest request) throws RefusedException {
        return question(FormRequest.of(request));
    }

    /** The question of a form that has been read. */
    public Question question(FormRequest form) {
        return new Asked(form);
    }

    private record Asked(FormRequest form) implements Question {

        @Override
        public String operation() {
            return form.action();
        }

        @Override
        public Struct input(OperationShape operation) throws RefusedException {
            return StructReader.read(operation.input(), Node.tree(form.parameters()));
        }
    }

    @Override
    public WireResponse answer(OperationShape operation, Struct output, String requestId) {
        Xml xml = new Xml();
        String response = operation.name() + "Response";
        String result = operation.name() + "Result";
        xml.open(response, model.namespace());
        // SES answers a result even where its model has no output; SNS does not.
        if (operation.output().isPresent()) {
            xml.open(result);
            StructWriter.members(xml, output);
            xml.close(result);
        } else if (api == Api.SES) {
            xml.empty(result);
        }
        xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
        xml.close(response);
        return response(200, xml, requestId);
    }

    @Override
    public WireResponse answer(Refusal refusal, String requestId) {
        Xml xml = new Xml();
        xml.open("ErrorResponse", model.namespace()).open("Error");
        xml.element("Type", refusal.sender() ? "Sender" : "Receiver");
        xml.element("Code", refusal.code());
        xml.element("Message", refusal.message());
        refusal.members().forEach(xml::element);
        xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
        return response(refusal.status(), xml, requestId);
    }

    private static WireResponse response(int status, Xml xml, String requestId) {
        return new WireResponse(
                status,
                Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
                xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Refusal refusal(Fault fault, String words) {
        return switch (fault) {
            case MALFORMED -> Refusal.of("MalformedQueryString", 400, words);
            case MISTYPED -> Refusal.of("MalformedInput", 400, words);
            case NO_OPERATION -> Refusal.of("MissingAction", 400, words);
            case UNKNOWN_OPERATION -> Refusal.of("InvalidAction", 400, words);
            case INVALID -> Refusal.of("ValidationError", 400, words);
            case INVALID_PARAMETER ->
                Refusal.of(api == Api.SNS ? "InvalidParameter" : "InvalidParameterValue", 400, words);
            case UNSIGNED -> Refusal.of("MissingAuthenticationToken", 403, words);
            case UNKNOWN_KEY -> Refusal.of("InvalidClientTokenId", 403, words);
            case WRONG_SIGNATURE -> Refusal.of("SignatureDoesNotMatch", 403, words);
            case INCOMPLETE_SIGNATURE -> Refusal.of("IncompleteSignature", 400, words);
            case EXPIRED -> Refusal.of("RequestExpired", 400, words);
            case DENIED -> Refusal.of(api == Api.SNS ? "AuthorizationError" : "AccessDenied", 403, words);
            case THROTTLED -> Refusal.of("Throttling", 400, words);
            case UNAVAILABLE -> Refusal.of("ServiceUnavailable", 503, words);
            case INTERNAL -> Refusal.of("InternalFailure", 500, words);
        };
    }
}
