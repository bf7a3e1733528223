package io.waypost.api.identity.v2;

import io.waypost.api.aws.Operation;
import io.waypost.api.aws.ServiceException;

/** The API of 2019 says {@code BadRequestException} where that of 2010 says {@code InvalidParameterValue}. */
public final class BadRequests {

    private BadRequests() {}

    public static ServiceException badRequest(String message) {
        return new ServiceException("BadRequestException", message);
    }

    public static <I extends Record, O extends Record> Operation<I, O> in(Operation<I, O> operation) {
        return (caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                throw e.error().equals("InvalidParameterValue") ? badRequest(e.words()) : e;
            }
        };
    }
}
