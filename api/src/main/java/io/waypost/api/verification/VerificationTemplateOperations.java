package io.waypost.api.verification;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.kept.Page;
import io.waypost.api.verification.VerificationTemplates.Parts;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Templates of verification mails in the API of 2010. */
final class VerificationTemplateOperations implements Operations.Family {

    private static final int MOST_ITEMS = 50;

    private final VerificationTemplateBook book;
    private final VerificationTemplates templates;

    VerificationTemplateOperations(VerificationTemplateBook book, VerificationTemplates templates) {
        this.book = book;
        this.templates = templates;
    }

    /** CreateCustomVerificationEmailTemplateRequest; UpdateCustomVerificationEmailTemplateRequest, of both APIs. */
    record Put(
            String templateName,
            @Nullable String fromEmailAddress,
            @Nullable String templateSubject,
            @Nullable String templateContent,
            @Nullable String successRedirectionURL,
            @Nullable String failureRedirectionURL) {

        Parts parts() {
            return new Parts(
                    fromEmailAddress, templateSubject, templateContent, successRedirectionURL, failureRedirectionURL);
        }
    }

    /** GetCustomVerificationEmailTemplateRequest, DeleteCustomVerificationEmailTemplateRequest, of both APIs. */
    record Named(String templateName) {}

    /** GetCustomVerificationEmailTemplateResponse. */
    record Shown(
            String templateName,
            String fromEmailAddress,
            String templateSubject,
            String templateContent,
            String successRedirectionURL,
            String failureRedirectionURL) {}

    /** ListCustomVerificationEmailTemplatesRequest. */
    record ListRequest(@Nullable String nextToken, @Nullable Integer maxResults) {}

    /** CustomVerificationEmailTemplate; CustomVerificationEmailTemplateMetadata of the API of 2019. */
    record Listed(
            String templateName,
            String fromEmailAddress,
            String templateSubject,
            String successRedirectionURL,
            String failureRedirectionURL) {

        private static Listed of(VerificationTemplate template) {
            return new Listed(
                    template.name(),
                    template.from(),
                    template.subject(),
                    template.redirects().success(),
                    template.redirects().failure());
        }
    }

    /** ListCustomVerificationEmailTemplatesResponse, of both APIs. */
    record Templates(
            List<Listed> customVerificationEmailTemplates,
            @Nullable String nextToken) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "CreateCustomVerificationEmailTemplate", Put.class, Nothing.class, this::create)
                .add(Api.SES, "UpdateCustomVerificationEmailTemplate", Put.class, Nothing.class, this::update)
                .add(Api.SES, "GetCustomVerificationEmailTemplate", Named.class, Shown.class, this::show)
                .add(Api.SES, "DeleteCustomVerificationEmailTemplate", Named.class, Nothing.class, this::delete)
                .add(
                        Api.SES,
                        "ListCustomVerificationEmailTemplates",
                        ListRequest.class,
                        Templates.class,
                        (caller, input) -> page(book, caller, "MaxResults", input.maxResults, input.nextToken));
    }

    private Nothing create(Caller caller, Put input) throws ServiceException, IOException {
        templates.create(caller.scope(), input.templateName, input.parts(), Collections.emptySortedMap());
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        templates.update(caller.scope(), input.templateName, input.parts());
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException, IOException {
        VerificationTemplate template = book.find(caller.scope(), input.templateName)
                .orElseThrow(() -> VerificationTemplateBook.missing(input.templateName));
        return new Shown(
                template.name(),
                template.from(),
                template.subject(),
                book.content(caller.scope(), template.name()).orElse(""),
                template.redirects().success(),
                template.redirects().failure());
    }

    private Nothing delete(Caller caller, Named input) throws IOException {
        // SES says nothing when there is none.
        book.delete(caller.scope(), input.templateName);
        return new Nothing();
    }

    static Templates page(
            VerificationTemplateBook book,
            Caller caller,
            String parameter,
            @Nullable Integer size,
            @Nullable String token)
            throws ServiceException, IOException {
        Page<VerificationTemplate> page = Page.of(
                caller.scope(),
                book.list(caller.scope(), Page.after(caller.scope(), token)),
                Page.size(parameter, size, MOST_ITEMS, MOST_ITEMS),
                VerificationTemplate::name);
        return new Templates(page.items().stream().map(Listed::of).toList(), page.nextToken());
    }
}
