package io.waypost.smtp.session;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.SesMessageId;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.SessionObserver.LoginResult;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.Examiner.Examination;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.submission.Login;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mail for everybody from those who have logged in (RFC 6409), in the look of Amazon SES' SMTP interface: no enhanced status
 * codes, neither DSN nor SMTPUTF8, and its replies.
 */
final class SubmissionAgent implements Agent {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionAgent.class);

    // RFC 4954 5: a server that has AUTH takes the parameter of MAIL, too.
    private static final Set<String> PARAMETERS = Set.of("SIZE", "BODY", "AUTH");
    private static final int MOST_FAILED_LOGINS = 3;
    private static final String OPERATION = "SendRawEmail";

    private final SessionState state;
    private int failedLogins;

    SubmissionAgent(SessionState state) {
        this.state = state;
    }

    @Override
    public void greeting() {}

    @Override
    public List<String> extensions() {
        List<String> extensions =
                new ArrayList<>(List.of("PIPELINING", "SIZE " + state.limits.messageSize(), "8BITMIME", "CHUNKING"));
        if (state.offersStartTls()) {
            extensions.add("STARTTLS");
        }
        // RFC 4954 4: not in clear, where everybody on the way could read the password.
        if (state.tls.isPresent()) {
            extensions.add("AUTH PLAIN LOGIN");
        }
        extensions.add("HELP");
        return extensions;
    }

    @Override
    public Reply help() {
        return SubmissionReplies.HELP;
    }

    @Override
    public Set<String> parameters() {
        return PARAMETERS;
    }

    @Override
    public void authenticate(String argument, LineReader lines) throws IOException, WireFault, Refusal {
        requireTls();
        if (!state.extended) {
            throw Replies.badSequence("EHLO first");
        }
        // RFC 4954 4: once a session, and not within a mail.
        if (state.login.isPresent()) {
            throw Replies.badSequence("Already authenticated");
        }
        if (state.transaction != null) {
            throw Replies.badSequence("Not within a mail");
        }
        state.login = Optional.of(login(new AuthExchange(state, lines).credentials(argument)));
        state.services.observer().loginEnded(LoginResult.ACCEPTED);
        state.reply(SubmissionReplies.AUTHENTICATED);
    }

    private Login login(Optional<Credentials> credentials) throws Refusal {
        LoginAttempts attempts = state.services.loginAttempts();
        if (attempts.areUsedUp(state.peer.getAddress())) {
            state.services.observer().loginEnded(LoginResult.LIMITED);
            throw countingFailure(SubmissionReplies.tooManyFailedLogins());
        }
        Optional<Login> login = credentials.isPresent() ? ask(credentials.get()) : Optional.empty();
        if (login.isEmpty()) {
            attempts.failed(state.peer.getAddress());
            state.services.observer().loginEnded(LoginResult.REFUSED);
            throw countingFailure(SubmissionReplies.wrongCredentials());
        }
        return login.get();
    }

    private Refusal countingFailure(Refusal refusal) {
        return ++failedLogins < MOST_FAILED_LOGINS ? refusal : refusal.closing();
    }

    private Optional<Login> ask(Credentials credentials) throws Refusal {
        try {
            return state.services.submission().authenticator().login(credentials.user(), credentials.password());
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: a login could not be judged", state.connection, e);
            state.services.observer().loginEnded(LoginResult.UNAVAILABLE);
            throw SubmissionReplies.loginsUnavailable();
        }
    }

    @Override
    public void begin() throws Refusal {
        requireTls();
        if (state.login.isEmpty()) {
            throw SubmissionReplies.loginRequired();
        }
        if (!holds(state.login.get())) {
            state.login = Optional.empty();
            throw SubmissionReplies.loginRequired();
        }
    }

    private boolean holds(Login login) throws Refusal {
        try {
            return state.services.submission().authenticator().holds(login);
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: a login could not be looked at again", state.connection, e);
            throw SubmissionReplies.loginsUnavailable();
        }
    }

    private void requireTls() throws Refusal {
        if (state.tls.isEmpty()) {
            throw SubmissionReplies.tlsRequired();
        }
    }

    @Override
    public void sender(MailCommand mail) throws Refusal {
        if (mail.from() instanceof ReversePath.Null) {
            throw SubmissionReplies.noSender();
        }
    }

    @Override
    public void recipient(MailTransaction current, Recipient recipient) {}

    @Override
    public Examination examine(MailTransaction current) {
        return Examiner.NONE.begin(current.envelope(), ClientCheck.NONE);
    }

    @Override
    public Reply accept(MailTransaction current) throws Refusal {
        Login login = state.login.orElseThrow(() -> new IllegalStateException("a mail of nobody"));
        MessageId id = send(request(login, current, current.content().complete().draft()));
        return Reply.of(250, "2.0.0", "Ok " + SesMessageId.of(id, login.scope().region()));
    }

    private SendRequest request(Login login, MailTransaction current, MessageContent content) {
        Optional<EmailAddress> source =
                current.mail().from() instanceof ReversePath.Of of ? Optional.of(of.address()) : Optional.empty();
        return new SendRequest(
                login.scope(),
                login.accessKey(),
                Optional.of(address()),
                OPERATION,
                source,
                current.envelope().to().stream().map(Recipient::address).toList(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                content);
    }

    private String address() {
        String address = state.peer.getAddress().getHostAddress();
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private MessageId send(SendRequest request) throws Refusal {
        try {
            return state.services.submission().sender().send(request);
        } catch (SendRefusedException e) {
            throw SubmissionReplies.notSent(e);
        } catch (IOException e) {
            throw Reception.unavailable(e);
        } catch (RuntimeException e) {
            LOG.error("A submitted mail was put off (451)", e);
            throw Refusal.of("internal-error", 451, "4.3.0", "Internal error, try again later");
        }
    }

    @Override
    public Refusal worded(Refusal refusal) {
        return SubmissionReplies.worded(refusal);
    }

    @Override
    public void write(Reply reply) throws IOException {
        state.output.line(SubmissionReplies.line(reply));
    }
}
