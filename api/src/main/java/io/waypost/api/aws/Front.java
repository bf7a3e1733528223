package io.waypost.api.aws;

import io.waypost.api.aws.bind.Binding;
import io.waypost.api.aws.bind.Side;
import io.waypost.api.aws.json.JsonProtocol;
import io.waypost.api.aws.model.Members;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Fault;
import io.waypost.api.aws.protocol.Protocol;
import io.waypost.api.aws.protocol.Protocol.Question;
import io.waypost.api.aws.protocol.Refusal;
import io.waypost.api.aws.protocol.RefusedException;
import io.waypost.api.aws.protocol.Validation;
import io.waypost.api.aws.query.FormRequest;
import io.waypost.api.aws.query.QueryProtocol;
import io.waypost.api.aws.rest.RestProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests of all APIs: finds the protocol, asks whose request it is, reads and checks it, has its operation carried out and
 * writes the answer. Every request gets an answer in its protocol; nothing is thrown.
 *
 * <p>Is called on virtual threads, by many at once.
 */
public final class Front {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    private static final Structure NOTHING = new Structure("Nothing", new Members(List.of()), false);

    /** An operation with everything that it takes to carry it out. */
    private record Ready(OperationShape shape, Binding input, Binding output, Operation<Record, Record> operation) {}

    private final Credentials credentials;
    private final Supplier<String> requestIds;
    private final Observer observer;
    private final Map<Operations.Name, Ready> ready = new HashMap<>();
    private final QueryProtocol ses = new QueryProtocol(Operations.Api.SES, "ses");
    private final QueryProtocol sns = new QueryProtocol(Operations.Api.SNS, "sns");
    private final RestProtocol rest = new RestProtocol();
    private final JsonProtocol mailManager = new JsonProtocol();

    /** Hears of every answer. Must not fail. */
    @FunctionalInterface
    public interface Observer {

        void answered(Operations.Api api, int status, Duration took);
    }

    /** A front that nobody watches. */
    public Front(Operations operations, Credentials credentials, Supplier<String> requestIds) {
        this(operations, credentials, requestIds, (api, status, took) -> {});
    }

    /**
     * Ties the operations to their models.
     *
     * @param requestIds a new id for each request
     * @param observer hears of every answer
     * @throws IllegalArgumentException when an operation is in no model, or its records do not fit
     */
    public Front(Operations operations, Credentials credentials, Supplier<String> requestIds, Observer observer) {
        this.credentials = credentials;
        this.requestIds = requestIds;
        this.observer = observer;
        for (Operations.Name name : operations.names()) {
            ready.put(name, ready(name, operations.find(name).orElseThrow()));
        }
    }

    private static Ready ready(Operations.Name name, Operations.Bound<?, ?> bound) {
        OperationShape shape = Model.of(name.api())
                .operation(name.operation())
                .orElseThrow(() -> new IllegalArgumentException("no operation " + name));
        try {
            // Input and output are records of exactly these types: the bindings make and take nothing else.
            @SuppressWarnings("unchecked")
            Operation<Record, Record> operation = (Operation<Record, Record>) bound.operation();
            return new Ready(
                    shape,
                    Binding.of(bound.input(), shape.input(), Side.INPUT),
                    Binding.of(bound.output(), shape.output().orElse(NOTHING), Side.OUTPUT),
                    operation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** The answer; never an exception. */
    public WireResponse answer(WireRequest request) {
        String requestId = requestIds.get();
        if (RestProtocol.isAskedBy(request.path())) {
            return answer(rest, () -> rest.question(request), request, requestId);
        }
        if (request.headers().containsKey(JsonProtocol.TARGET)) {
            return answer(mailManager, () -> mailManager.question(request), request, requestId);
        }
        if (!request.path().equals("/")) {
            return rest.answer(rest.refusal(Fault.UNKNOWN_OPERATION, "There is nothing at this path"), requestId);
        }
        return form(request, requestId);
    }

    private WireResponse form(WireRequest request, String requestId) {
        FormRequest form;
        try {
            form = FormRequest.of(request);
        } catch (RefusedException e) {
            return ses.answer(ses.refusal(e.fault(), e.words()), requestId);
        }
        QueryProtocol protocol = form.version().equals(sns.version()) ? sns : ses;
        if (!form.version().equals(protocol.version())) {
            return ses.answer(ses.refusal(Fault.UNKNOWN_OPERATION, unknown(form.action(), form.version())), requestId);
        }
        return answer(protocol, () -> protocol.question(form), request, requestId);
    }

    private interface Asking {
        Question question() throws RefusedException;
    }

    private WireResponse answer(Protocol protocol, Asking asking, WireRequest request, String requestId) {
        long begun = System.nanoTime();
        WireResponse response = answered(protocol, asking, request, requestId);
        observer.answered(protocol.api(), response.status(), Duration.ofNanos(System.nanoTime() - begun));
        return response;
    }

    private WireResponse answered(Protocol protocol, Asking asking, WireRequest request, String requestId) {
        try {
            Question question = asking.question();
            Caller caller = credentials
                    .caller(request, protocol.signingName(), requestId)
                    .from(request.address());
            Ready operation = operation(protocol, question);
            Struct input = question.input(operation.shape());
            Validation.check(input);
            Record output =
                    operation.operation().answer(caller, operation.input().toRecord(input));
            LOG.debug("{} {} carried out for {}", requestId, operation.shape().name(), caller.accessKey());
            return protocol.answer(operation.shape(), operation.output().toStruct(output), requestId);
        } catch (RefusedException e) {
            return protocol.answer(protocol.refusal(e.fault(), e.words()), requestId);
        } catch (AuthenticationException e) {
            return protocol.answer(protocol.refusal(Fault.of(e.fault()), e.words()), requestId);
        } catch (ServiceException e) {
            return protocol.answer(refusal(protocol, e), requestId);
        } catch (IOException | RuntimeException e) {
            LOG.error("request {} failed", requestId, e);
            return protocol.answer(
                    protocol.refusal(Fault.INTERNAL, "The request failed because of an internal error."), requestId);
        }
    }

    private Ready operation(Protocol protocol, Question question) throws RefusedException {
        Ready operation = ready.get(new Operations.Name(protocol.api(), question.operation()));
        if (operation == null) {
            String version = Model.of(protocol.api()).version();
            throw new RefusedException(Fault.UNKNOWN_OPERATION, unknown(question.operation(), version));
        }
        return operation;
    }

    private static String unknown(String operation, String version) {
        return "Could not find operation " + operation + " for version " + version;
    }

    private static Refusal refusal(Protocol protocol, ServiceException e) {
        return Model.of(protocol.api())
                .error(e.error())
                .map(error -> Refusal.of(error, e.words(), e.members()))
                .or(() -> Fault.ofCode(e.error()).map(fault -> protocol.refusal(fault, e.words())))
                .orElseGet(() -> Refusal.of(e.error(), 400, e.words()));
    }
}
