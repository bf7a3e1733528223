package io.waypost.api.sending;

import io.waypost.api.aws.Operations;
import io.waypost.api.sending.account.AccountFamily;
import io.waypost.api.sending.account.Accounts;
import io.waypost.api.template.TemplateBook;
import io.waypost.api.template.TemplateFamily;
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

    private final Post post;
    private final Templating templating;
    private final TemplateFamily templates;
    private final AccountFamily account;

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
        TemplateBook book = new TemplateBook(settings, clock);
        this.post = new Post(sender, events, composer, hostname, clock, random);
        this.templating = new Templating(book, post);
        this.templates = new TemplateFamily(book, composer, clock);
        this.account = new AccountFamily(accounts, usage, statistics);
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
