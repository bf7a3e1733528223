package io.waypost.smtp.session;

import io.waypost.message.Client;
import io.waypost.message.Reply;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.submission.Login;
import io.waypost.smtp.wire.Connection;
import io.waypost.smtp.wire.Input;
import io.waypost.smtp.wire.Output;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one session knows and has open. Touched by the session's thread only. */
final class SessionState {

    final SessionServices services;
    final Limits limits;
    final ListenerSettings listener;
    final Agent agent;
    final Connection connection;
    final Output output;
    final Input input;

    /** The real client: the peer, or whom a trusted proxy named. */
    InetSocketAddress peer;

    /** What is found out about the client. */
    ClientCheck clientCheck = ClientCheck.NONE;

    Optional<Client.Tls> tls = Optional.empty();

    /** Who has logged in. */
    Optional<Login> login = Optional.empty();

    /** What EHLO or HELO said; empty before. */
    String helo = "";

    /** Whether it was EHLO. */
    boolean extended;

    @Nullable
    MailTransaction transaction;

    /** The command in progress, for the log. */
    String stage = "CONNECT";

    /** Whether there is a next command. */
    boolean open = true;

    /** Commands since the last accepted mail. */
    int commands;

    SessionState(SessionServices services, ListenerSettings listener, Connection connection) {
        this.services = services;
        this.limits = services.settings().limitsOf(listener);
        this.listener = listener;
        this.connection = connection;
        this.peer = connection.peer();
        this.output = new Output(connection);
        this.input = new Input(connection, output, services.buffers());
        this.agent = listener.isSubmission() ? new SubmissionAgent(this) : new ReceptionAgent(this);
    }

    /** Whether the peer has sent more than was asked for. */
    boolean hasSpokenAhead() throws IOException {
        return input.hasBuffered() || connection.hasWaiting();
    }

    boolean offersStartTls() {
        return listener.tls() == TlsMode.STARTTLS && tls.isEmpty();
    }

    /** The protocol names of RFC 3848 and RFC 6531 4.3. */
    Client client(boolean smtpUtf8) {
        String protocol = !extended
                ? "SMTP"
                : (smtpUtf8 ? "UTF8SMTP" : "ESMTP") + (tls.isPresent() ? "S" : "") + (login.isPresent() ? "A" : "");
        return new Client(peer.getAddress(), peer.getPort(), helo, protocol, tls);
    }

    List<String> recipientNames() {
        return transaction == null ? List.of() : transaction.recipientNames();
    }

    void reply(Reply reply) throws IOException {
        agent.write(reply);
    }

    /** Ends the transaction, if there is one, without a result of its own (RSET and its like). */
    void reset() {
        end(SessionObserver.Result.ABANDONED);
    }

    void end(SessionObserver.Result result) {
        if (transaction != null) {
            transaction.end(services.observer(), result);
            transaction = null;
        }
    }
}
