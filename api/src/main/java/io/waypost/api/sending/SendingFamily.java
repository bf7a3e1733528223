package io.waypost.api.sending;

import io.waypost.api.aws.Operations;
import io.waypost.api.identity.confirm.OwnQuestions;
import io.waypost.api.identity.v2.Taggable;
import io.waypost.api.sending.account.AccountFamily;
import io.waypost.api.sending.account.Accounts;
import io.waypost.api.template.TemplateBook;
import io.waypost.api.template.TemplateFamily;
import io.waypost.api.verification.VerificationTemplateBook;
import io.waypost.message.compose.Composer;
import io.waypost.message.port.Settings;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.Sender;
import io.waypost.outbound.port.SendStatistics;
import io.waypost.outbound.port.SendingUsage;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Everything about sending in both APIs: mail, templates, the account. */
public final class SendingFamily implements Operations.Family {

    private final TemplateBook templateBook;
    private final Post post;
    private final Templating templating;
    private final TemplateFamily templates;
    private final AccountFamily account;
    private final Accounts accounts;

    /**
     * @param events hear of templates that could not be filled in
     * @param accounts also what the sender asks for allowances
     * @param hostname this server's own name
     * @param random safe for all threads, and such that nobody can guess its numbers
     */
    public SendingFamily(
            Sender sender,
            Settings settings,
            MailEvents events,
            Accounts accounts,
            SendingUsage usage,
            SendStatistics statistics,
            String hostname,
            Clock clock,
            RandomGenerator random) {
        Composer composer = new Composer(random);
        this.templateBook = new TemplateBook(settings, clock);
        this.accounts = accounts;
        this.post = new Post(sender, events, composer, hostname, clock, random);
        this.templating = new Templating(templateBook, post);
        this.templates = new TemplateFamily(templateBook, composer, clock);
        this.account = new AccountFamily(accounts, usage, statistics);
    }

    /** Templates as a kind of things with tags. */
    public Taggable templateTags() {
        return templateBook;
    }

    /** Verification mails in words of the accounts' own, sent like any other mail. */
    public Operations.Family verifications(VerificationTemplateBook book, OwnQuestions questions) {
        return new SendVerificationOperations(post, accounts, book, questions);
    }

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(new SendOperations(post, templating))
                .add(new SendEmailOperations(post, templating))
                .add(templates)
                .add(account);
    }
}
