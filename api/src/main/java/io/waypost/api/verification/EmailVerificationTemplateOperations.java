package io.waypost.api.verification;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.BadRequests;
import io.waypost.api.identity.v2.Tag;
import io.waypost.api.identity.v2.Tags;
import io.waypost.api.verification.VerificationTemplateOperations.Named;
import io.waypost.api.verification.VerificationTemplateOperations.Put;
import io.waypost.api.verification.VerificationTemplateOperations.Templates;
import io.waypost.api.verification.VerificationTemplates.Parts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Templates of verification mails in the API of 2019. */
final class EmailVerificationTemplateOperations implements Operations.Family {

    private final VerificationTemplateBook book;
    private final VerificationTemplates templates;

    EmailVerificationTemplateOperations(VerificationTemplateBook book, VerificationTemplates templates) {
        this.book = book;
        this.templates = templates;
    }

    /** CreateCustomVerificationEmailTemplateRequest. */
    record Create(
            String templateName,
            String fromEmailAddress,
            String templateSubject,
            String templateContent,
            @Nullable List<Tag> tags,
            String successRedirectionURL,
            String failureRedirectionURL) {

        private Parts parts() {
            return new Parts(
                    fromEmailAddress, templateSubject, templateContent, successRedirectionURL, failureRedirectionURL);
        }
    }

    /** GetCustomVerificationEmailTemplateResponse. */
    record Shown(
            String templateName,
            String fromEmailAddress,
            String templateSubject,
            String templateContent,
            List<Tag> tags,
            String successRedirectionURL,
            String failureRedirectionURL) {}

    /** ListCustomVerificationEmailTemplatesRequest. */
    record ListRequest(@Nullable String nextToken, @Nullable Integer pageSize) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(
                        Api.SESV2,
                        "CreateCustomVerificationEmailTemplate",
                        Create.class,
                        Nothing.class,
                        in2019(this::create))
                .add(Api.SESV2, "UpdateCustomVerificationEmailTemplate", Put.class, Nothing.class, in2019(this::update))
                .add(Api.SESV2, "GetCustomVerificationEmailTemplate", Named.class, Shown.class, in2019(this::show))
                .add(
                        Api.SESV2,
                        "DeleteCustomVerificationEmailTemplate",
                        Named.class,
                        Nothing.class,
                        in2019(this::delete))
                .add(
                        Api.SESV2,
                        "ListCustomVerificationEmailTemplates",
                        ListRequest.class,
                        Templates.class,
                        in2019((caller, input) -> VerificationTemplateOperations.page(
                                book, caller, "PageSize", input.pageSize, input.nextToken)));
    }

    // This API has fewer errors (contract 1.1).
    private static <I extends Record, O extends Record> Operation<I, O> in2019(Operation<I, O> operation) {
        return BadRequests.in((caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                throw new ServiceException(
                        switch (e.error()) {
                            case "CustomVerificationEmailTemplateDoesNotExistException",
                                    "FromEmailAddressNotVerifiedException" -> "NotFoundException";
                            case "CustomVerificationEmailTemplateAlreadyExistsException" -> "AlreadyExistsException";
                            case "CustomVerificationEmailInvalidContentException" -> "BadRequestException";
                            default -> e.error();
                        },
                        e.words());
            }
        });
    }

    private Nothing create(Caller caller, Create input) throws ServiceException, IOException {
        templates.create(
                caller.scope(),
                input.templateName(),
                input.parts(),
                Tags.checked(input.tags == null ? List.of() : input.tags));
        return new Nothing();
    }

    private Nothing update(Caller caller, Put input) throws ServiceException, IOException {
        templates.update(caller.scope(), input.templateName(), input.parts());
        return new Nothing();
    }

    private Shown show(Caller caller, Named input) throws ServiceException, IOException {
        VerificationTemplate template = book.find(caller.scope(), input.templateName())
                .orElseThrow(() -> VerificationTemplateBook.missing(input.templateName()));
        return new Shown(
                template.name(),
                template.from(),
                template.subject(),
                book.content(caller.scope(), template.name()).orElse(""),
                Tag.all(template.tags()),
                template.redirects().success(),
                template.redirects().failure());
    }

    private Nothing delete(Caller caller, Named input) throws ServiceException, IOException {
        if (!book.delete(caller.scope(), input.templateName())) {
            throw VerificationTemplateBook.missing(input.templateName());
        }
        return new Nothing();
    }
}
