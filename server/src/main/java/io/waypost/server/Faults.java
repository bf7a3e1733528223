package io.waypost.server;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Faults as a user reads them. */
final class Faults {

    private Faults() {}

    /** One line: the message for faults that are meant for users, the kind as well for those that are not. */
    static String inOneLine(Throwable fault) {
        Throwable cause = fault;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = text(cause);
        boolean speaksForItself = cause instanceof StartException
                || cause instanceof IllegalArgumentException
                || cause.getClass() == IOException.class;
        return speaksForItself ? message : cause.getClass().getSimpleName() + ": " + message;
    }

    private static String text(Throwable fault) {
        @Nullable String message = fault.getMessage();
        return message == null ? "no further word" : message.replaceAll("[\\r\\n]+", " ");
    }
}
