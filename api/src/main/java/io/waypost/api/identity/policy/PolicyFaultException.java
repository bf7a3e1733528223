package io.waypost.api.identity.policy;

/** A text that is no policy, with the reason for who wrote it. */
final class PolicyFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    PolicyFaultException(String words) {
        super(words);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
