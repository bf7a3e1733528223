package io.waypost.api;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.io.IOException;

/** Calls operations as the front door does, as one account. */
public record Calls(Operations operations, Scope scope) {

    public static final Scope HERE = new Scope("123456789012", "us-east-1");

    public static Calls of(Operations.Family family) {
        return new Calls(new Operations.Builder().add(family).build(), HERE);
    }

    @SuppressWarnings("unchecked")
    public Record call(Api api, String operation, Record input) throws ServiceException, IOException {
        var bound = (Operations.Bound<Record, Record>)
                operations.find(new Operations.Name(api, operation)).orElseThrow();
        return bound.output()
                .cast(bound.operation()
                        .answer(new Caller(scope, "AKID", "r"), bound.input().cast(input)));
    }

    /** {@code CODE: message}. */
    public String refusal(Api api, String operation, Record input) throws IOException {
        try {
            return "not refused: " + call(api, operation, input);
        } catch (ServiceException e) {
            return e.error() + ": " + e.words();
        }
    }
}
