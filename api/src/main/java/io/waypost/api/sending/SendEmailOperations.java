package io.waypost.api.sending;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.sending.MessageParts.Attachment;
import io.waypost.api.sending.MessageParts.MessageHeader;
import io.waypost.api.template.EmailTemplate;
import io.waypost.message.MessageContent;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest.ListManagement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sending in the API of 2019. */
final class SendEmailOperations implements Operations.Family {

    private final Post post;
    private final Templating templating;
    private final Bulk bulk;

    SendEmailOperations(Post post, Templating templating) {
        this.post = post;
        this.templating = templating;
        this.bulk = new Bulk(templating);
    }

    /** Message. */
    record Message(
            Content subject,
            Content.Body body,
            @Nullable List<MessageHeader> headers,
            @Nullable List<Attachment> attachments) {}

    /** EmailTemplateContent. */
    record TemplateContent(
            @Nullable String subject,
            @Nullable String text,
            @Nullable String html) {}

    /** Template. */
    record Template(
            @Nullable String templateName,
            @Nullable String templateArn,
            @Nullable TemplateContent templateContent,
            @Nullable String templateData,
            @Nullable List<MessageHeader> headers,
            @Nullable List<Attachment> attachments) {}

    /** EmailContent. */
    record EmailContent(
            @Nullable Message simple,
            SendOperations.@Nullable RawMessage raw,
            @Nullable Template template) {}

    /** ListManagementOptions. */
    record ListManagementOptions(
            String contactListName, @Nullable String topicName) {}

    /** SendEmailRequest. */
    record SendEmail(
            @Nullable String fromEmailAddress,
            @Nullable String fromEmailAddressIdentityArn,
            @Nullable Destination destination,
            @Nullable List<String> replyToAddresses,
            @Nullable String feedbackForwardingEmailAddress,
            @Nullable String feedbackForwardingEmailAddressIdentityArn,
            EmailContent content,
            @Nullable List<MessageTag> emailTags,
            @Nullable String configurationSetName,
            @Nullable ListManagementOptions listManagementOptions) {}

    /** SendEmailResponse. */
    record Sent(String messageId) {}

    /** BulkEmailContent. */
    record BulkContent(@Nullable Template template) {}

    /** ReplacementTemplate. */
    record ReplacementTemplate(@Nullable String replacementTemplateData) {}

    /** ReplacementEmailContent. */
    record ReplacementContent(@Nullable ReplacementTemplate replacementTemplate) {}

    /** BulkEmailEntry. */
    record BulkEntry(
            Destination destination,
            @Nullable List<MessageTag> replacementTags,
            @Nullable ReplacementContent replacementEmailContent,
            @Nullable List<MessageHeader> replacementHeaders) {

        @Nullable
        String data() {
            ReplacementTemplate template =
                    replacementEmailContent == null ? null : replacementEmailContent.replacementTemplate;
            return template == null ? null : template.replacementTemplateData;
        }
    }

    /** SendBulkEmailRequest. */
    record SendBulkEmail(
            @Nullable String fromEmailAddress,
            @Nullable String fromEmailAddressIdentityArn,
            @Nullable List<String> replyToAddresses,
            @Nullable String feedbackForwardingEmailAddress,
            @Nullable String feedbackForwardingEmailAddressIdentityArn,
            @Nullable List<MessageTag> defaultEmailTags,
            BulkContent defaultContent,
            List<BulkEntry> bulkEmailEntries,
            @Nullable String configurationSetName) {}

    /** SendBulkEmailResponse. */
    record SentBulk(List<Bulk.Result> bulkEmailEntryResults) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SESV2, "SendEmail", SendEmail.class, Sent.class, this::send)
                .add(Api.SESV2, "SendBulkEmail", SendBulkEmail.class, SentBulk.class, this::sendBulk);
    }

    private Sent send(Caller caller, SendEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendEmail")
                .from(input.fromEmailAddress)
                .to(input.destination == null ? Destination.NONE : input.destination)
                .replyTo(input.replyToAddresses)
                .returnPath(input.feedbackForwardingEmailAddress)
                .arns(input.fromEmailAddressIdentityArn, input.feedbackForwardingEmailAddressIdentityArn)
                .configurationSet(input.configurationSetName)
                .tags(input.emailTags)
                .list(list(input.listManagementOptions))
                .build();
        if (letter.list().isPresent() && letter.destinations().size() > 1) {
            throw ServiceException.invalidParameter(
                    "A message with ListManagementOptions can have one recipient only.");
        }
        try {
            return new Sent(send(caller, letter, input.content));
        } catch (SendRefusedException e) {
            throw Version.V2.refusal(e, letter.configurationSet());
        }
    }

    private String send(Caller caller, Letter letter, EmailContent content)
            throws ServiceException, SendRefusedException, IOException {
        if (Stream.of(content.simple, content.raw, content.template)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            throw ServiceException.invalidParameter("The content must be exactly one of Simple, Raw and Template.");
        }
        if (content.raw != null) {
            byte[] message = RawBytes.withLineEnds(content.raw.data());
            return post.send(Version.V2, caller, letter, MessageContent.of(message));
        }
        if (content.template != null) {
            Templating.Ready template = template(caller, content.template);
            return templating.send(
                    Version.V2, caller, letter, template, Templating.data(content.template.templateData));
        }
        Message simple = Objects.requireNonNull(content.simple);
        Post.Inside inside = MessageParts.inside(simple.subject, simple.body, simple.headers, simple.attachments);
        return post.send(Version.V2, caller, letter, inside);
    }

    private SentBulk sendBulk(Caller caller, SendBulkEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendBulkEmail")
                .from(input.fromEmailAddress)
                .replyTo(input.replyToAddresses)
                .returnPath(input.feedbackForwardingEmailAddress)
                .arns(input.fromEmailAddressIdentityArn, input.feedbackForwardingEmailAddressIdentityArn)
                .configurationSet(input.configurationSetName)
                .tags(input.defaultEmailTags)
                .build();
        Template template = input.defaultContent.template;
        if (template == null) {
            throw ServiceException.invalidParameter("The default content must have a template.");
        }
        Templating.Ready ready = template(caller, template);
        List<Bulk.Entry> entries = new ArrayList<>();
        for (BulkEntry entry : input.bulkEmailEntries) {
            entries.add(new Bulk.Entry(
                    entry.destination,
                    entry.replacementTags,
                    entry.data(),
                    ready.withFields(MessageParts.replaced(ready.fields(), entry.replacementHeaders))));
        }
        return new SentBulk(bulk.send(Version.V2, caller, letter, template.templateData, entries));
    }

    private Templating.Ready template(Caller caller, Template template) throws ServiceException, IOException {
        if (Stream.of(template.templateName, template.templateArn, template.templateContent)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            throw ServiceException.invalidParameter(
                    "The template must be exactly one of TemplateName, TemplateArn and TemplateContent.");
        }
        TemplateContent content = template.templateContent;
        Templating.Ready ready = content == null
                ? templating.stored(Version.V2, caller, template.templateName, template.templateArn)
                : Templating.brought(new EmailTemplate(
                        Optional.ofNullable(content.subject),
                        Optional.ofNullable(content.text),
                        Optional.ofNullable(content.html)));
        return new Templating.Ready(
                ready.name(),
                ready.template(),
                MessageParts.fields(template.headers),
                MessageParts.attached(template.attachments));
    }

    private static Optional<ListManagement> list(@Nullable ListManagementOptions options) {
        return options == null
                ? Optional.empty()
                : Optional.of(new ListManagement(options.contactListName, Optional.ofNullable(options.topicName)));
    }
}
