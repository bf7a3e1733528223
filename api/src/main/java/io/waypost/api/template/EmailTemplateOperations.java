package io.waypost.api.template;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.Tag;
import io.waypost.api.identity.v2.Tags;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Templates in the API of 2019. */
final class EmailTemplateOperations implements Operations.Family {

    private final TemplateBook book;
    private final Templates templates;

    EmailTemplateOperations(TemplateBook book, Templates templates) {
        this.book = book;
        this.templates = templates;
    }

    /** EmailTemplateContent. */
    record Content(
            @Nullable String subject,
            @Nullable String text,
            @Nullable String html) {

        EmailTemplate template() {
            return new EmailTemplate(
                    Optional.ofNullable(subject), Optional.ofNullable(text), Optional.ofNullable(html));
        }
    }

    /** CreateEmailTemplateRequest. */
    record Create(
            String templateName,
            Content templateContent,
            @Nullable List<Tag> tags) {}

    /** UpdateEmailTemplateRequest. */
    record Update(String templateName, Content templateContent) {}

    /** GetEmailTemplateRequest, DeleteEmailTemplateRequest. */
    record Named(String templateName) {}

    /** GetEmailTemplateResponse. */
    record Shown(String templateName, Content templateContent, List<Tag> tags) {}

    /** ListEmailTemplatesRequest. */
    record ListRequest(@Nullable String nextToken, @Nullable Integer pageSize) {}

    /** EmailTemplateMetadata. */
    record Metadata(String templateName, Instant createdTimestamp) {}

    /** ListEmailTemplatesResponse. */
    record Listed(
            List<Metadata> templatesMetadata, @Nullable String nextToken) {}

    /** TestRenderEmailTemplateRequest. */
    record Render(String templateName, String templateData) {}

    /** TestRenderEmailTemplateResponse. */
    record Rendered(String renderedTemplate) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "CreateEmailTemplate", Create.class, Nothing.class, in2019(this::create))
                .add(Api.SESV2, "UpdateEmailTemplate", Update.class, Nothing.class, in2019(this::update))
                .add(Api.SESV2, "GetEmailTemplate", Named.class, Shown.class, in2019(this::show))
                .add(Api.SESV2, "DeleteEmailTemplate", Named.class, Nothing.class, in2019(this::delete))
                .add(Api.SESV2, "ListEmailTemplates", ListRequest.class, Listed.class, in2019(this::list))
                .add(Api.SESV2, "TestRenderEmailTemplate", Render.class, Rendered.class, in2019(this::render));
    }

    // This API has fewer errors (contract 4.3).
    private static <I extends Record, O extends Record> Operation<I, O> in2019(Operation<I, O> operation) {
        return (caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                String error =
                        switch (e.error()) {
                            case "TemplateDoesNotExistException" -> "NotFoundException";
                            case "AlreadyExistsException", "LimitExceededException" -> e.error();
                            default -> "BadRequestException";
                        };
                throw new ServiceException(error, e.words());
            }
        };
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        templates.create(
                caller.scope(),
                input.templateName,
                input.templateContent.template(),
                Tags.checked(input.tags == null ? List.of() : input.tags));
        return new Nothing();
    }

    private Nothing update(Caller caller, Update input) throws ServiceException, IOException {
        templates.update(caller.scope(), input.templateName, input.templateContent.template());
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException, IOException {
        EmailTemplate found = templates.find(caller.scope(), input.templateName);
        List<Tag> tags = book.entry(caller.scope(), input.templateName)
                .map(entry -> Tag.all(entry.tags()))
                .orElse(List.of());
        return new Shown(
                input.templateName,
                new Content(
                        found.subject().orElse(null),
                        found.text().orElse(null),
                        found.html().orElse(null)),
                tags);
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        if (!book.delete(caller.scope(), input.templateName)) {
            throw Templates.missing(input.templateName);
        }
        return new Nothing();
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException, IOException {
        TemplatePages page = TemplatePages.of(book.list(caller.scope()), input.pageSize, input.nextToken);
        return new Listed(
                page.entries().stream()
                        .map(entry -> new Metadata(entry.name(), entry.createdAt()))
                        .toList(),
                page.nextToken());
    }

    private Rendered render(Caller caller, Render input) throws ServiceException, IOException {
        return new Rendered(templates.testRender(caller.scope(), input.templateName, input.templateData));
    }
}
