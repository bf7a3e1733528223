package io.waypost.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.template.language.RenderingException;
import io.waypost.api.template.language.TemplateData;
import io.waypost.api.template.language.TemplateSyntaxException;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.compose.Composer;
import io.waypost.message.compose.Composition;
import io.waypost.message.compose.Mailbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** What both APIs do with templates; the errors are those of the API of 2010. */
final class Templates {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^/%?#]]{1,64}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);
    private static final Mailbox NOBODY = new Mailbox(Optional.empty(), EmailAddress.of("sender@example.com"));

    private final TemplateBook book;
    private final Composer composer;
    private final Clock clock;

    Templates(TemplateBook book, Composer composer, Clock clock) {
        this.book = book;
        this.composer = composer;
        this.clock = clock;
    }

    void create(Scope scope, String name, EmailTemplate template, SortedMap<String, String> tags)
            throws ServiceException, IOException {
        if (!NAME.matcher(name).matches()) {
            throw ServiceException.invalidParameter(
                    name.isEmpty()
                            ? "The template name must be specified."
                            : "A template's name has at most 64 characters, letters, numbers and signs: " + name);
        }
        check(name, template);
        book.create(scope, name, template, tags);
    }

    void update(Scope scope, String name, EmailTemplate template) throws ServiceException, IOException {
        check(name, template);
        if (!book.update(scope, name, template)) {
            throw missing(name);
        }
    }

    private static void check(String name, EmailTemplate template) throws ServiceException {
        try {
            MailTemplate.parse(template);
        } catch (TemplateSyntaxException e) {
            throw new ServiceException("InvalidTemplateException", e.words(), Map.of("TemplateName", name));
        }
    }

    EmailTemplate find(Scope scope, String name) throws ServiceException, IOException {
        Optional<EmailTemplate> found = book.find(scope, name);
        if (found.isEmpty()) {
            throw missing(name);
        }
        return found.get();
    }

    /** A whole message, as TestRender answers it. */
    String testRender(Scope scope, String name, String json) throws ServiceException, IOException {
        EmailTemplate template = find(scope, name);
        try {
            ObjectNode data = TemplateData.read(json);
            return message(MailTemplate.parse(template).render(data));
        } catch (RenderingException e) {
            throw refusal(name, e);
        } catch (TemplateSyntaxException e) {
            throw new IOException("the stored template " + name + " of " + scope + " is none", e);
        }
    }

    private static ServiceException refusal(String name, RenderingException e) {
        Map<String, String> members = Map.of("TemplateName", name);
        return switch (e.reason()) {
            case MISSING_ATTRIBUTE -> new ServiceException("MissingRenderingAttributeException", e.words(), members);
            case INVALID_DATA, TOO_MUCH ->
                new ServiceException("InvalidRenderingParameterException", e.words(), members);
        };
    }

    private String message(MailTemplate.Rendered rendered) throws IOException {
        Composition composition = new Composition(
                NOBODY,
                List.of(),
                List.of(),
                List.of(),
                rendered.subject(),
                rendered.text().map(text -> new Composition.Text(text, StandardCharsets.UTF_8)),
                rendered.html().map(text -> new Composition.Text(text, StandardCharsets.UTF_8)),
                List.of(),
                List.of());
        String message;
        try (var in = composer.compose(composition).open()) {
            message = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        // Nobody sends it: there is no author yet.
        return "Date: " + DATE.format(clock.instant()) + "\r\nMessage-ID: <" + UUID.randomUUID()
                + "@rendered.invalid>\r\n" + message.substring(message.indexOf("\r\n") + 2);
    }

    static ServiceException missing(String name) {
        return new ServiceException(
                "TemplateDoesNotExistException", "Template " + name + " does not exist.", Map.of("TemplateName", name));
    }
}
