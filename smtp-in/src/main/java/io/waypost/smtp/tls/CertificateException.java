package io.waypost.smtp.tls;

/** A certificate or key cannot be used; the message is one line that names the file and the reason. */
public final class CertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    CertificateException(String message) {
        super(message);
    }

    CertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
