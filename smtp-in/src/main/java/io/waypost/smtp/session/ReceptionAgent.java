package io.waypost.smtp.session;

import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.checks.Examiner.Examination;
import io.waypost.smtp.wire.LineReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives mail from everybody for the domains that are ours. */
final class ReceptionAgent implements Agent {

    private static final Logger LOG = LoggerFactory.getLogger(ReceptionAgent.class);

    static final Set<String> PARAMETERS = Set.of("SIZE", "BODY", "SMTPUTF8", "ENVID", "RET", "NOTIFY", "ORCPT");

    private final SessionState state;
    private final ClientGate gate;

    ReceptionAgent(SessionState state) {
        this.state = state;
        this.gate = new ClientGate(state);
    }

    @Override
    public void greeting() throws Refusal {
        gate.greeting();
    }

    @Override
    public List<String> extensions() {
        List<String> extensions = new ArrayList<>(
                List.of("PIPELINING", "SIZE " + state.limits.messageSize(), "8BITMIME", "SMTPUTF8", "CHUNKING"));
        if (state.offersStartTls()) {
            extensions.add("STARTTLS");
        }
        extensions.addAll(List.of("ENHANCEDSTATUSCODES", "DSN", "HELP"));
        return extensions;
    }

    @Override
    public Reply help() {
        return Replies.HELP;
    }

    @Override
    public Set<String> parameters() {
        return PARAMETERS;
    }

    @Override
    public void authenticate(String argument, LineReader lines) throws Refusal {
        throw Replies.unknownCommand();
    }

    @Override
    public void begin() {}

    @Override
    public void sender(MailCommand mail) {}

    @Override
    public void recipient(MailTransaction current, Recipient recipient) throws Refusal {
        gate.recipient(recipient.address());
        Optional<Reply> refusal = ask(current, recipient);
        if (refusal.isPresent()) {
            throw refused(refusal.get(), recipient);
        }
    }

    private Optional<Reply> ask(MailTransaction current, Recipient recipient) throws Refusal {
        try {
            return state.services.routing().refusal(current.mail().from(), recipient.address(), current.client());
        } catch (RuntimeException e) {
            LOG.error("{}: no answer about a recipient", state.connection, e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
    }

    /** The log's word for a refused recipient, from the meaning of its status code (RFC 3463 3.2 and 3.8). */
    private static Refusal refused(Reply reply, Recipient recipient) {
        String reason =
                switch (reply.status().toString()) {
                    case "5.1.1" -> "unknown-recipient";
                    case "5.7.1" -> "not-our-domain";
                    default -> "recipient-refused";
                };
        return Refusal.of(reason, reply).about(recipient.address());
    }

    @Override
    public Examination examine(MailTransaction current) {
        return state.services.reception().examine(current.envelope(), state.clientCheck);
    }

    @Override
    public Reply accept(MailTransaction current) throws Refusal {
        return state.services
                .reception()
                .receive(current.envelope(), current.content().complete());
    }

    @Override
    public Refusal worded(Refusal refusal) {
        return refusal;
    }

    @Override
    public void write(Reply reply) throws IOException {
        MailTransaction current = state.transaction;
        state.output.reply(reply, current != null && current.mail().smtpUtf8());
    }
}
