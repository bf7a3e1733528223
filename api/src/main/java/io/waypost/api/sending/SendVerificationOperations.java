package io.waypost.api.sending;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.confirm.OwnQuestions;
import io.waypost.api.identity.confirm.OwnQuestions.Question;
import io.waypost.api.sending.account.Accounts;
import io.waypost.api.verification.VerificationMail;
import io.waypost.api.verification.VerificationTemplate;
import io.waypost.api.verification.VerificationTemplateBook;
import io.waypost.message.compose.Composition;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SendCustomVerificationEmail, of both APIs: a mail of the account's like any other, with a link of the server's. When it is not sent, the
 * address is what it was before.
 */
final class SendVerificationOperations implements Operations.Family {

    private final Post post;
    private final Accounts accounts;
    private final VerificationTemplateBook templates;
    private final OwnQuestions questions;

    SendVerificationOperations(
            Post post, Accounts accounts, VerificationTemplateBook templates, OwnQuestions questions) {
        this.post = post;
        this.accounts = accounts;
        this.templates = templates;
        this.questions = questions;
    }

    /** SendCustomVerificationEmailRequest. */
    record Send(
            String emailAddress,
            String templateName,
            @Nullable String configurationSetName) {}

    /** SendCustomVerificationEmailResponse. */
    record Sent(String messageId) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "SendCustomVerificationEmail", Send.class, Sent.class, sending(Version.V1))
                .add(Api.SESV2, "SendCustomVerificationEmail", Send.class, Sent.class, in2019(sending(Version.V2)));
    }

    // This API has fewer errors (contract 1.1).
    private static Operation<Send, Sent> in2019(Operation<Send, Sent> operation) {
        return (caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                String error =
                        switch (e.error()) {
                            case "CustomVerificationEmailTemplateDoesNotExistException" -> "NotFoundException";
                            case "FromEmailAddressNotVerifiedException" -> "MessageRejected";
                            case "ProductionAccessNotGrantedException", "InvalidParameterValue" ->
                                "BadRequestException";
                            case "Throttling" -> "TooManyRequestsException";
                            default -> e.error();
                        };
                throw new ServiceException(error, e.words());
            }
        };
    }

    private Operation<Send, Sent> sending(Version version) {
        return (caller, input) -> new Sent(send(version, caller, input));
    }

    private String send(Version version, Caller caller, Send input) throws ServiceException, IOException {
        VerificationTemplate template = templates
                .find(caller.scope(), input.templateName)
                .orElseThrow(() -> VerificationTemplateBook.missing(input.templateName));
        String content = templates
                .content(caller.scope(), input.templateName)
                .orElseThrow(() -> VerificationTemplateBook.missing(input.templateName));
        IdentityName address = IdentityName.parse(input.emailAddress)
                .filter(IdentityName::isAddress)
                .orElseThrow(
                        () -> ServiceException.invalidParameter("Invalid email address<" + input.emailAddress + ">."));
        if (accounts.of(caller.scope()).sandbox()) {
            throw new ServiceException(
                    "ProductionAccessNotGrantedException",
                    "Custom verification emails can be sent only by accounts with production access.");
        }
        Letter letter = new Letter.Builder("SendCustomVerificationEmail")
                .from(template.from())
                .to(new Destination(List.of(address.text()), null, null))
                .configurationSet(input.configurationSetName)
                .build();
        Question question = questions.begin(caller.scope(), address, template.redirects());
        boolean sent = false;
        try {
            String id = post.send(version, caller, letter, inside(template, content, question.link()));
            sent = true;
            return id;
        } catch (SendRefusedException e) {
            throw refusal(version, e, template, letter);
        } finally {
            if (!sent) {
                questions.takeBack(question);
            }
        }
    }

    private static ServiceException refusal(
            Version version, SendRefusedException refused, VerificationTemplate template, Letter letter) {
        // It was verified when the template was made.
        return refused.reason() == Reason.NOT_VERIFIED
                ? new ServiceException(
                        "FromEmailAddressNotVerifiedException",
                        String.valueOf(refused.getMessage()),
                        Map.of("FromEmailAddress", template.from()))
                : version.refusal(refused, letter.configurationSet());
    }

    private static Post.Inside inside(VerificationTemplate template, String content, String link) {
        VerificationMail mail = VerificationMail.of(content, link);
        return new Post.Inside(
                template.subject(),
                Optional.of(new Composition.Text(mail.text(), StandardCharsets.UTF_8)),
                Optional.of(new Composition.Text(mail.html(), StandardCharsets.UTF_8)),
                List.of(),
                mail.images());
    }
}
