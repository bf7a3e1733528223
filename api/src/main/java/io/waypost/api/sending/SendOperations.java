package io.waypost.api.sending;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.message.MessageContent;
import io.waypost.message.sending.SendRefusedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sending in the API of 2010. */
final class SendOperations implements Operations.Family {

    private final Post post;
    private final Templating templating;
    private final Bulk bulk;

    SendOperations(Post post, Templating templating) {
        this.post = post;
        this.templating = templating;
        this.bulk = new Bulk(templating);
    }

    /** Message. */
    record Message(Content subject, Content.Body body) {}

    /** SendEmailRequest. */
    record SendEmail(
            String source,
            Destination destination,
            Message message,
            @Nullable List<String> replyToAddresses,
            @Nullable String returnPath,
            @Nullable String sourceArn,
            @Nullable String returnPathArn,
            @Nullable List<MessageTag> tags,
            @Nullable String configurationSetName) {}

    /** RawMessage, of both APIs. */
    record RawMessage(byte[] data) {}

    /** SendRawEmailRequest. */
    record SendRawEmail(
            @Nullable String source,
            @Nullable List<String> destinations,
            RawMessage rawMessage,
            @Nullable String fromArn,
            @Nullable String sourceArn,
            @Nullable String returnPathArn,
            @Nullable List<MessageTag> tags,
            @Nullable String configurationSetName) {}

    /** SendTemplatedEmailRequest. */
    record SendTemplatedEmail(
            String source,
            Destination destination,
            @Nullable List<String> replyToAddresses,
            @Nullable String returnPath,
            @Nullable String sourceArn,
            @Nullable String returnPathArn,
            @Nullable List<MessageTag> tags,
            @Nullable String configurationSetName,
            String template,
            @Nullable String templateArn,
            String templateData) {}

    /** BulkEmailDestination. */
    record BulkDestination(
            Destination destination,
            @Nullable List<MessageTag> replacementTags,
            @Nullable String replacementTemplateData) {}

    /** SendBulkTemplatedEmailRequest. */
    record SendBulkTemplatedEmail(
            String source,
            @Nullable String sourceArn,
            @Nullable List<String> replyToAddresses,
            @Nullable String returnPath,
            @Nullable String returnPathArn,
            @Nullable String configurationSetName,
            @Nullable List<MessageTag> defaultTags,
            String template,
            @Nullable String templateArn,
            String defaultTemplateData,
            List<BulkDestination> destinations) {}

    /** The response of all but the bulk. */
    record Sent(String messageId) {}

    /** SendBulkTemplatedEmailResponse. */
    record SentBulk(List<Bulk.Result> status) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "SendEmail", SendEmail.class, Sent.class, this::send)
                .add(Api.SES, "SendRawEmail", SendRawEmail.class, Sent.class, this::sendRaw)
                .add(Api.SES, "SendTemplatedEmail", SendTemplatedEmail.class, Sent.class, this::sendTemplated)
                .add(Api.SES, "SendBulkTemplatedEmail", SendBulkTemplatedEmail.class, SentBulk.class, this::sendBulk);
    }

    private Sent send(Caller caller, SendEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendEmail")
                .from(input.source)
                .to(input.destination)
                .replyTo(input.replyToAddresses)
                .returnPath(input.returnPath)
                .arns(input.sourceArn, input.returnPathArn)
                .configurationSet(input.configurationSetName)
                .tags(input.tags)
                .build();
        Post.Inside inside = MessageParts.inside(input.message.subject, input.message.body, null, null);
        return sent(letter, () -> post.send(Version.V1, caller, letter, inside));
    }

    private Sent sendRaw(Caller caller, SendRawEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendRawEmail")
                .from(input.source)
                .toAll(input.destinations)
                .arns(input.sourceArn, input.fromArn, input.returnPathArn)
                .configurationSet(input.configurationSetName)
                .tags(input.tags)
                .build();
        MessageContent content = MessageContent.of(RawBytes.withLineEnds(input.rawMessage.data));
        return sent(letter, () -> post.send(Version.V1, caller, letter, content));
    }

    private Sent sendTemplated(Caller caller, SendTemplatedEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendTemplatedEmail")
                .from(input.source)
                .to(input.destination)
                .replyTo(input.replyToAddresses)
                .returnPath(input.returnPath)
                .arns(input.sourceArn, input.returnPathArn)
                .configurationSet(input.configurationSetName)
                .tags(input.tags)
                .build();
        Templating.Ready template = templating.stored(Version.V1, caller, input.template, input.templateArn);
        var data = Templating.data(input.templateData);
        return sent(letter, () -> templating.send(Version.V1, caller, letter, template, data));
    }

    private SentBulk sendBulk(Caller caller, SendBulkTemplatedEmail input) throws ServiceException, IOException {
        Letter letter = new Letter.Builder("SendBulkTemplatedEmail")
                .from(input.source)
                .replyTo(input.replyToAddresses)
                .returnPath(input.returnPath)
                .arns(input.sourceArn, input.returnPathArn)
                .configurationSet(input.configurationSetName)
                .tags(input.defaultTags)
                .build();
        Templating.Ready template = templating.stored(Version.V1, caller, input.template, input.templateArn);
        List<Bulk.Entry> entries = input.destinations.stream()
                .map(one -> new Bulk.Entry(one.destination, one.replacementTags, one.replacementTemplateData, template))
                .toList();
        return new SentBulk(bulk.send(Version.V1, caller, letter, input.defaultTemplateData, entries));
    }

    private interface Attempt {
        String id() throws ServiceException, SendRefusedException, IOException;
    }

    private static Sent sent(Letter letter, Attempt attempt) throws ServiceException, IOException {
        try {
            return new Sent(attempt.id());
        } catch (SendRefusedException e) {
            throw Version.V1.refusal(e, letter.configurationSet());
        }
    }
}
