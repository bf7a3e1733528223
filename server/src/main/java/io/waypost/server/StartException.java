package io.waypost.server;

/** Something that keeps the server from starting, in words for the operator: what, and what to do about it. Exit code 1. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message + ": " + Faults.inOneLine(cause), cause);
    }
}
