package io.waypost.smtp.proxy;

/** There is no PROXY header where one must be, or it is broken. The connection is closed; the message is for the log. */
public final class ProxyException extends Exception {

    private static final long serialVersionUID = 1L;

    ProxyException(String message) {
        super(message, null, false, false);
    }
}
