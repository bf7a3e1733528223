package io.waypost.api.template.language;

/** A template that cannot be filled in with these data. */
public final class RenderingException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** The data lack an attribute that the template shows. */
        MISSING_ATTRIBUTE,
        /** The data are no JSON object. */
        INVALID_DATA,
        /** It grows too long, or goes on too long. */
        TOO_MUCH
    }

    private final Reason reason;

    private RenderingException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** @param attribute as the template writes it */
    static RenderingException missing(String attribute) {
        return new RenderingException(
                Reason.MISSING_ATTRIBUTE, "Attribute '" + attribute + "' is not present in the rendering data.");
    }

    static RenderingException invalidData(String why) {
        return new RenderingException(Reason.INVALID_DATA, why);
    }

    static RenderingException tooMuch(String why) {
        return new RenderingException(Reason.TOO_MUCH, why);
    }

    public Reason reason() {
        return reason;
    }

    /** SES' words where it has any. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
