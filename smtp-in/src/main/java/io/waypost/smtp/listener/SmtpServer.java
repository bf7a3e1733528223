package io.waypost.smtp.listener;

import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.Routing;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.session.AddressSlots;
import io.waypost.smtp.session.LoginAttempts;
import io.waypost.smtp.session.SessionServices;
import io.waypost.smtp.submission.SubmissionService;
import io.waypost.smtp.tls.CertificateException;
import io.waypost.smtp.tls.SelfSigned;
import io.waypost.smtp.tls.TlsIdentity;
import io.waypost.smtp.tls.WatchedFiles;
import io.waypost.smtp.wire.BufferPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The SMTP server: all listeners with their sessions.
 *
 * <pre>{@code
 * try (SmtpServer server = SmtpServer.start(settings, spool, routing, mailLog, observer, clients, examiner, clock, new SecureRandom())) {
 *     server.addresses();   // where it listens
 *     server.stop(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class SmtpServer implements AutoCloseable {

    private final Sessions sessions;
    private final List<Listener> listeners = new ArrayList<>();

    private SmtpServer(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Starts a server without submission listeners; as the other. */
    public static SmtpServer start(
            SmtpSettings settings,
            Spool spool,
            Routing routing,
            MailLog mailLog,
            SessionObserver observer,
            ClientChecks clients,
            Examiner examiner,
            Clock clock,
            RandomGenerator random)
            throws IOException, CertificateException {
        return start(
                settings, spool, routing, SubmissionService.NONE, mailLog, observer, clients, examiner, clock, random);
    }

    /**
     * Opens every listener, then takes connections.
     *
     * @param submission what submission listeners work with
     * @param clients finds out about each client
     * @param examiner looks at each mail
     * @param random makes message ids; safe for all threads
     * @throws IOException one line that says which address cannot be listened on and why; nothing is left open
     * @throws CertificateException one line that says which certificate cannot be used and why
     */
    public static SmtpServer start(
            SmtpSettings settings,
            Spool spool,
            Routing routing,
            SubmissionService submission,
            MailLog mailLog,
            SessionObserver observer,
            ClientChecks clients,
            Examiner examiner,
            Clock clock,
            RandomGenerator random)
            throws IOException, CertificateException {
        SessionServices services = new SessionServices(
                settings,
                spool,
                routing,
                new Reception(settings.hostname(), settings.limits(), spool, routing, examiner, mailLog, clock, random),
                submission,
                new LoginAttempts(clock),
                mailLog,
                observer,
                clients,
                identity(settings),
                new AddressSlots(settings.limits().perAddress()),
                new BufferPool(),
                clock);
        SmtpServer server = new SmtpServer(new Sessions(services));
        try {
            for (ListenerSettings listener : settings.listeners()) {
                server.listeners.add(Listener.open(listener, server.sessions));
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
        server.sessions.watch();
        server.listeners.forEach(Listener::start);
        return server;
    }

    private static TlsIdentity identity(SmtpSettings settings) throws CertificateException {
        if (settings.listeners().stream().allMatch(listener -> listener.tls() == TlsMode.NONE)) {
            return () -> {
                throw new IllegalStateException("no listener uses TLS");
            };
        }
        return settings.certificate().isPresent()
                ? new WatchedFiles(settings.certificate().get(), System::nanoTime)
                : SelfSigned.in(settings.keys(), settings.hostname());
    }

    /** Where it listens, in the order of the settings; with the ports that the system chose for port 0. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    /** Connections open now. */
    public int connections() {
        return sessions.count();
    }

    /**
     * Stops: takes no more connections, lets mails that are being committed finish and answers them, and tells all other
     * clients 421 4.3.2. Blocks until the sessions have ended.
     *
     * @param patience after this time what is left is cut off; an unanswered mail is sent again by its client
     * @return whether all sessions ended by themselves
     */
    public boolean stop(Duration patience) {
        listeners.forEach(Listener::close);
        return sessions.stop(patience);
    }

    /** Stops without patience. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
