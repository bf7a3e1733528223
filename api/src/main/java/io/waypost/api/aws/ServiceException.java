package io.waypost.api.aws;

import java.util.Map;

/**
 * An error as the caller of an operation hears it.
 *
 * <p>{@link #error()} is the name of one of the operation's error shapes in the model ({@code RuleSetDoesNotExistException}), whose
 * code and status on the wire the model knows; or a code that every operation may answer ({@code InvalidParameterValue},
 * {@code ValidationError}, {@code AccessDenied}), which each protocol says in its own words.
 */
public final class ServiceException extends Exception {

    private static final long serialVersionUID = 1;

    private final String error;
    private final transient Map<String, String> members;

    /**
     * @param message AWS' words
     * @param members what the error's shape has beside the message, such as {@code Name}
     */
    public ServiceException(String error, String message, Map<String, String> members) {
        super(message, null, false, false);
        this.error = error;
        this.members = Map.copyOf(members);
    }

    public ServiceException(String error, String message) {
        this(error, message, Map.of());
    }

    /** A value that has the right form and means nothing here. */
    public static ServiceException invalidParameter(String message) {
        return new ServiceException("InvalidParameterValue", message);
    }

    public String error() {
        return error;
    }

    public Map<String, String> members() {
        return members;
    }

    /** AWS' words. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
