package io.waypost.api.aws.protocol;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;

/** How one API is spoken. Without state, and used by many threads at once. */
public interface Protocol {

    Api api();

    /** The service that the scope of a signature names. */
    String signingName();

    /**
     * What a request asks for, with as little reading as that takes.
     *
     * @throws RefusedException when it does not say, or says two things
     */
    Question question(WireRequest request) throws RefusedException;

    /** The whole answer to an operation that was carried out. */
    WireResponse answer(OperationShape operation, Struct output, String requestId);

    /** The whole answer to a request that was not. */
    WireResponse answer(Refusal refusal, String requestId);

    /** A fault with this protocol's code and status. */
    Refusal refusal(Fault fault, String words);

    /** A request whose operation is known by name. */
    interface Question {

        /** As the request has it: there may be none of this name. */
        String operation();

        /**
         * The values, by the operation's shape; names that it does not know are ignored, as AWS does. Nothing is validated yet.
         *
         * @throws RefusedException when they have another form or type
         */
        Struct input(OperationShape operation) throws RefusedException;
    }
}
