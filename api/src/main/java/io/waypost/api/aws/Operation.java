package io.waypost.api.aws;

import java.io.IOException;

/**
 * Carries out one operation of one API.
 *
 * <p>Input and output are records whose components are the members of the operation's shapes that it knows; names are compared without
 * regard to upper and lower case, so that {@code snsAction} is {@code SNSAction}. Types are {@code String}, {@code Boolean},
 * {@code Integer}, {@code Long}, {@code Double}, {@code Instant}, {@code byte[]},
 * {@code List}, {@code Map<String, ...>}, or another such record. A component that may be absent is {@code @Nullable}; what the
 * model requires is there when the operation is called, and its lengths, patterns and words have been checked against the model.
 * A null component of the output is left out of the answer.
 *
 * <p>Is called on a virtual thread, by many at once, and may block.
 *
 * @param <I> the request
 * @param <O> the answer; {@link Nothing} where it has no members
 */
@FunctionalInterface
public interface Operation<I extends Record, O extends Record> {

    /** An answer, or a request, without members. */
    record Nothing() {}

    /**
     * @throws ServiceException what the caller hears
     * @throws IOException the store or a service behind it does not answer now; the caller hears that of an internal failure, may
     *     try again, and the log has the reason
     */
    O answer(Caller caller, I input) throws ServiceException, IOException;
}
