package io.waypost.api.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.template.EmailTemplate;
import io.waypost.api.template.MailTemplate;
import io.waypost.api.template.TemplateBook;
import io.waypost.api.template.language.RenderingException;
import io.waypost.api.template.language.TemplateData;
import io.waypost.api.template.language.TemplateSyntaxException;
import io.waypost.message.Scope;
import io.waypost.message.compose.Attached;
import io.waypost.message.compose.Composition;
import io.waypost.message.sending.SendRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds templates, fills them in and sends what becomes of them. */
final class Templating {

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:ses:([a-z0-9-]{1,63}):([0-9]{12}):template/(\\S{1,64})");

    private final TemplateBook book;
    private final Post post;

    Templating(TemplateBook book, Post post) {
        this.book = book;
        this.post = post;
    }

    /** A template that is ready to be filled in. */
    record Ready(String name, MailTemplate template, List<Composition.Field> fields, List<Attached> attachments) {

        Ready withFields(List<Composition.Field> others) {
            return new Ready(name, template, others, attachments);
        }
    }

    /** A stored one. */
    Ready stored(Version version, Caller caller, @Nullable String name, @Nullable String arn)
            throws ServiceException, IOException {
        String wanted = name == null || name.isEmpty() ? named(version, caller, arn) : name;
        Optional<EmailTemplate> found = book.find(caller.scope(), wanted);
        if (found.isEmpty()) {
            throw version.noTemplate(wanted);
        }
        try {
            return new Ready(wanted, MailTemplate.parse(found.get()), List.of(), List.of());
        } catch (TemplateSyntaxException e) {
            throw new IOException("the stored template " + wanted + " of " + caller.scope() + " is none", e);
        }
    }

    private static String named(Version version, Caller caller, @Nullable String arn) throws ServiceException {
        Matcher parts = ARN.matcher(arn == null ? "" : arn);
        if (!parts.matches()) {
            throw ServiceException.invalidParameter(
                    arn == null ? "A template must be specified." : "Invalid template ARN<" + arn + ">.");
        }
        String name = String.valueOf(parts.group(3));
        if (!new Scope(String.valueOf(parts.group(2)), String.valueOf(parts.group(1))).equals(caller.scope())) {
            throw version.noTemplate(name);
        }
        return name;
    }

    /** One that the request brings along. */
    static Ready brought(EmailTemplate template) throws ServiceException {
        try {
            MailTemplate parsed = MailTemplate.parse(template);
            if (!parsed.isPlain()) {
                // SES fills in attributes of such templates, and no more (contract 4.7).
                throw ServiceException.invalidParameter(
                        "A template that is not stored can have attributes only, no blocks and no partials.");
            }
            return new Ready("", parsed, List.of(), List.of());
        } catch (TemplateSyntaxException e) {
            throw ServiceException.invalidParameter(e.words());
        }
    }

    static ObjectNode data(@Nullable String json) throws ServiceException {
        try {
            return TemplateData.read(json == null || json.isBlank() ? "{}" : json);
        } catch (RenderingException e) {
            throw ServiceException.invalidParameter("The template data is invalid");
        }
    }

    /** @return the id as applications see it, whether it could be filled in or not */
    String send(Version version, Caller caller, Letter letter, Ready ready, ObjectNode data)
            throws ServiceException, SendRefusedException, IOException {
        letter.checkAddressed();
        Post.Inside inside;
        try {
            inside = Post.Inside.of(ready.template.render(data), ready.fields, ready.attachments);
        } catch (RenderingException e) {
            return post.tellRenderingFailed(caller, letter, ready.name, e);
        }
        return post.send(version, caller, letter, inside);
    }
}
