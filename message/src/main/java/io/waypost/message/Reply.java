package io.waypost.message;

/**
 * What an SMTP peer hears: reply code (RFC 5321 4.2), enhanced status code (RFC 3463) and one line of text.
 *
 * @param code 200 to 599; its first digit equals the status code's kind
 * @param status the enhanced status code
 * @param text printable text without CR and LF; UTF-8 only where the session may use it
 */
public record Reply(int code, StatusCode status, String text) {

    public Reply {
        if (code / 100 != status.kind()) {
            throw new IllegalArgumentException("reply code %d does not go with status %s".formatted(code, status));
        }
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a reply's text is one line");
        }
    }

    public static Reply of(int code, String status, String text) {
        return new Reply(code, StatusCode.of(status), text);
    }

    /** 5yz: the peer must not try the same again. */
    public boolean isPermanent() {
        return code >= 500;
    }

    /** The line on the wire, without its CRLF. */
    @Override
    public String toString() {
        return code + " " + status + " " + text;
    }
}
