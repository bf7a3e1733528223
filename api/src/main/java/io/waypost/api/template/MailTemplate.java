package io.waypost.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.template.language.RenderingException;
import io.waypost.api.template.language.Template;
import io.waypost.api.template.language.TemplateSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template of mail that has been read.
 *
 * @param subject the Subject field's text
 * @param text the plain text
 * @param html the HTML text
 */
public record MailTemplate(Template subject, Optional<Template> text, Optional<Template> html) {

    // Contract 4.7.
    private static final int MOST_BYTES = 500 * 1024;

    /** A template with data in it. */
    public record Rendered(String subject, Optional<String> text, Optional<String> html) {}

    /** @throws TemplateSyntaxException when it is none: a part is missing, too long, or no template */
    public static MailTemplate parse(EmailTemplate template) throws TemplateSyntaxException {
        int size = size(template.subject()) + size(template.text()) + size(template.html());
        if (size > MOST_BYTES) {
            throw new TemplateSyntaxException("The template is longer than " + MOST_BYTES + " bytes.");
        }
        if (template.subject().filter(text -> !text.isBlank()).isEmpty()) {
            throw new TemplateSyntaxException("The subject must be specified.");
        }
        if (template.text().isEmpty() && template.html().isEmpty()) {
            throw new TemplateSyntaxException("The text or the HTML part must be specified.");
        }
        return new MailTemplate(
                Template.parse(template.subject().orElseThrow()),
                parsed(template.text().orElse(null)),
                parsed(template.html().orElse(null)));
    }

    private static Optional<Template> parsed(@Nullable String text) throws TemplateSyntaxException {
        return text == null ? Optional.empty() : Optional.of(Template.parse(text));
    }

    private static int size(Optional<String> text) {
        return text.map(it -> it.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    }

    /** Whether attributes are all that is filled in. */
    public boolean isPlain() {
        return subject.isPlain()
                && text.map(Template::isPlain).orElse(true)
                && html.map(Template::isPlain).orElse(true);
    }

    /** Fills in all parts. */
    public Rendered render(ObjectNode data) throws RenderingException {
        return new Rendered(subject.render(data), rendered(text, data), rendered(html, data));
    }

    private static Optional<String> rendered(Optional<Template> part, ObjectNode data) throws RenderingException {
        return part.isPresent() ? Optional.of(part.get().render(data)) : Optional.empty();
    }
}
