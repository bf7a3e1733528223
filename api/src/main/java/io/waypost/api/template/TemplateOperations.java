package io.waypost.api.template;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Templates in the API of 2010. */
final class TemplateOperations implements Operations.Family {

    private final TemplateBook book;
    private final Templates templates;

    TemplateOperations(TemplateBook book, Templates templates) {
        this.book = book;
        this.templates = templates;
    }

    /** SES' Template. */
    record Parts(
            String templateName,
            @Nullable String subjectPart,
            @Nullable String textPart,
            @Nullable String htmlPart) {

        EmailTemplate template() {
            return new EmailTemplate(
                    Optional.ofNullable(subjectPart), Optional.ofNullable(textPart), Optional.ofNullable(htmlPart));
        }
    }

    /** CreateTemplateRequest, UpdateTemplateRequest. */
    record Put(Parts template) {}

    /** GetTemplateRequest, DeleteTemplateRequest. */
    record Named(String templateName) {}

    /** GetTemplateResponse. */
    record Shown(Parts template) {}

    /** ListTemplatesRequest. */
    record ListRequest(@Nullable String nextToken, @Nullable Integer maxItems) {}

    /** TemplateMetadata. */
    record Metadata(String name, Instant createdTimestamp) {}

    /** ListTemplatesResponse. */
    record Listed(
            List<Metadata> templatesMetadata, @Nullable String nextToken) {}

    /** TestRenderTemplateRequest. */
    record Render(String templateName, String templateData) {}

    /** TestRenderTemplateResponse. */
    record Rendered(String renderedTemplate) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateTemplate", Put.class, Nothing.class, this::create)
                .add(Api.SES, "UpdateTemplate", Put.class, Nothing.class, this::update)
                .add(Api.SES, "GetTemplate", Named.class, Shown.class, this::show)
                .add(Api.SES, "DeleteTemplate", Named.class, Nothing.class, this::delete)
                .add(Api.SES, "ListTemplates", ListRequest.class, Listed.class, this::list)
                .add(Api.SES, "TestRenderTemplate", Render.class, Rendered.class, this::render);
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        templates.create(
                caller.scope(), input.template.templateName, input.template.template(), Collections.emptySortedMap());
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        templates.update(caller.scope(), input.template.templateName, input.template.template());
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException, IOException {
        EmailTemplate found = templates.find(caller.scope(), input.templateName);
        return new Shown(new Parts(
                input.templateName,
                found.subject().orElse(null),
                found.text().orElse(null),
                found.html().orElse(null)));
    }

    private Nothing delete(Caller caller, Named input) throws IOException {
        // SES says nothing when there is none.
        book.delete(caller.scope(), input.templateName);
        return new Nothing();
    }

    private Listed list(Caller caller, ListRequest input) throws ServiceException, IOException {
        TemplatePages page = TemplatePages.of(book.list(caller.scope()), input.maxItems, input.nextToken);
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
