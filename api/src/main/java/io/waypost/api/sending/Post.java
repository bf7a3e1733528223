package io.waypost.api.sending;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.template.MailTemplate;
import io.waypost.api.template.language.RenderingException;
import io.waypost.message.Client;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.compose.Attached;
import io.waypost.message.compose.Composer;
import io.waypost.message.compose.Composition;
import io.waypost.message.compose.Mailbox;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sender;
import io.waypost.message.sending.Sending;
import io.waypost.message.sending.SesMessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** From a letter and what is in it to the sender. */
final class Post {

    private static final RuleSetVersion NO_RULES = new RuleSetVersion("outbound", 0);

    private final Sender sender;
    private final MailEvents events;
    private final Composer composer;
    private final String hostname;
    private final Clock clock;
    private final RandomGenerator random;

    Post(Sender sender, MailEvents events, Composer composer, String hostname, Clock clock, RandomGenerator random) {
        this.sender = sender;
        this.events = events;
        this.composer = composer;
        this.hostname = hostname;
        this.clock = clock;
        this.random = random;
    }

    /** What a composed message says. */
    record Inside(
            String subject,
            Optional<Composition.Text> text,
            Optional<Composition.Text> html,
            List<Composition.Field> fields,
            List<Attached> attachments) {

        static Inside of(MailTemplate.Rendered rendered, List<Composition.Field> fields, List<Attached> attachments) {
            return new Inside(
                    rendered.subject(),
                    rendered.text().map(text -> new Composition.Text(text, StandardCharsets.UTF_8)),
                    rendered.html().map(text -> new Composition.Text(text, StandardCharsets.UTF_8)),
                    fields,
                    attachments);
        }
    }

    /** @return the id as applications see it */
    String send(Version version, Caller caller, Letter letter, Inside inside)
            throws ServiceException, SendRefusedException, IOException {
        letter.checkAddressed();
        return send(
                version,
                caller,
                letter,
                composer.compose(new Composition(
                        letter.author(),
                        letter.to(),
                        letter.cc(),
                        letter.replyTo(),
                        inside.subject,
                        inside.text,
                        inside.html,
                        inside.fields,
                        inside.attachments)));
    }

    /** @return the id as applications see it */
    String send(Version version, Caller caller, Letter letter, MessageContent content)
            throws ServiceException, SendRefusedException, IOException {
        version.checkSize(content.size());
        MessageId id = sender.send(new SendRequest(
                caller.scope(),
                caller.accessKey(),
                caller.sourceIp(),
                letter.operation(),
                letter.from().map(Mailbox::address),
                letter.destinations(),
                letter.returnPath(),
                letter.sourceArn(),
                letter.configurationSet(),
                letter.tags(),
                letter.list(),
                content,
                letter.arns()));
        return SesMessageId.of(id, caller.scope().region());
    }

    /**
     * Accepts a mail that cannot be made: SES says so in an event only (contract 4.7).
     *
     * @return the id as applications see it
     */
    String tellRenderingFailed(Caller caller, Letter letter, String templateName, RenderingException failure)
            throws ServiceException, IOException {
        Instant now = clock.instant();
        MessageId id = MessageId.nextSent(now, random);
        Mailbox author = letter.author();
        Sending sending = new Sending(
                caller.scope(),
                author.display(),
                letter.sourceArn(),
                caller.accessKey(),
                caller.sourceIp(),
                letter.operation(),
                letter.configurationSet(),
                letter.tags(),
                Optional.of(letter.returnPath().orElse(author.address())),
                author.address().domain(),
                Sending.Conditions.NONE,
                List.of(),
                false);
        Mail mail = new Mail(
                id,
                Line.OUTBOUND,
                now,
                Envelope.of(
                        ReversePath.of(letter.returnPath().orElse(author.address())),
                        letter.destinations(),
                        Client.local(hostname)),
                0,
                new Plan(NO_RULES, List.of(), Map.of()),
                Verdicts.NONE,
                Optional.of(sending));
        events.tell(new MailEvent.RenderingFailed(id.value() + "/rendering", mail, now, templateName, failure.words()));
        return SesMessageId.of(id, caller.scope().region());
    }
}
