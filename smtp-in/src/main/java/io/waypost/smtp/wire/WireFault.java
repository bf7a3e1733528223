package io.waypost.smtp.wire;

/**
 * The peer broke the framing of SMTP: only CRLF ends a line (RFC 5321 2.3.8), and whoever takes anything else for a line end
 * can be made to see mails that others do not see. Nothing behind a fault may be read as commands.
 */
public final class WireFault extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was found. */
    public enum Kind {
        BARE_CR("bare-cr", "Bare CR"),
        BARE_LF("bare-lf", "Bare LF"),
        NUL("nul", "NUL"),
        ENDLESS_LINE("endless-line", "Line without end");

        private final String reason;
        private final String text;

        Kind(String reason, String text) {
            this.reason = reason;
            this.text = text;
        }

        /** For the log. */
        public String reason() {
            return reason;
        }

        /** For the peer. */
        public String text() {
            return text;
        }
    }

    private final Kind kind;

    public WireFault(Kind kind) {
        super(kind.reason(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The fault of an octet that {@link Octets#nextControl} found where no CRLF was. */
    static WireFault at(byte octet) {
        return new WireFault(
                switch (octet) {
                    case Octets.CR -> Kind.BARE_CR;
                    case Octets.LF -> Kind.BARE_LF;
                    default -> Kind.NUL;
                });
    }
}
