package io.waypost.api.secret;

import java.io.IOException;

/** A secret cannot be sealed or opened with the master key as it is. The message is one line for the operator and holds no secret. */
public final class SealingException extends IOException {

    private static final long serialVersionUID = 1;

    SealingException(String message) {
        super(message);
    }

    SealingException(String message, Exception cause) {
        super(message, cause);
    }
}
