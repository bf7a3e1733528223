package io.waypost.api.template.language;

/** A text that is no template. */
public final class TemplateSyntaxException extends Exception {

    private static final long serialVersionUID = 1;

    /** @param message for whoever wrote the template */
    public TemplateSyntaxException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
