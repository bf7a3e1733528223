package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.proxy.ProxyException;
import io.waypost.smtp.proxy.ProxyHeader;
import io.waypost.smtp.wire.Connection;
import io.waypost.smtp.wire.EndedException;
import io.waypost.smtp.wire.Input;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before the greeting: who is it really, and may he come in. */
public final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** A proxy sends its header at once; three seconds allow for a lost packet. */
    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(3);

    private Opening() {}

    /**
     * The client: the peer itself, or whom a trusted proxy names.
     *
     * @throws Refusal for a peer that may not speak PROXY here, and for a missing or broken header
     */
    static InetSocketAddress realClient(ListenerSettings listener, Connection connection, Input input, Limits limits)
            throws IOException, Refusal {
        Duration command = limits.commandTimeout();
        connection.allow(command);
        InetSocketAddress peer = connection.peer();
        if (!listener.isProxied()) {
            return peer;
        }
        if (listener.proxyTrusted().stream().noneMatch(trusted -> trusted.contains(peer.getAddress()))) {
            throw Refusal.of("untrusted-proxy", 554, "5.7.0", "This port is for its proxy only");
        }
        connection.allow(command.compareTo(HEADER_TIMEOUT) < 0 ? command : HEADER_TIMEOUT);
        try {
            InetSocketAddress client = ProxyHeader.read(input).client().orElse(peer);
            connection.allow(command);
            return client;
        } catch (ProxyException e) {
            LOG.info("{}: {}", connection, e.getMessage());
            throw Refusal.of("bad-proxy-header", 554, "5.5.0", "PROXY header expected");
        } catch (EndedException e) {
            if (connection.wake() == Connection.Wake.TIMEOUT) {
                throw Replies.timeout();
            }
            throw e;
        }
    }

    static Refusal tooManyFromAddress() {
        return Refusal.of("too-many-connections-from-address", 421, "4.7.0", "Too many connections from your address");
    }

    /** The line on the wire, with its CRLF, of a refusal that is said by the listener, since no session is begun. */
    public static String line(Refusal refusal, ListenerSettings listener) {
        return (listener.isSubmission() ? SubmissionReplies.line(refusal.reply()) : refusal.reply()) + "\r\n";
    }

    /** The refusal of a server that is full. */
    public static Refusal tooManyConnections(ListenerSettings listener) {
        Refusal refusal = Refusal.of("too-many-connections", 421, "4.3.2", "Too many connections, try again later");
        return listener.isSubmission() ? SubmissionReplies.worded(refusal) : refusal;
    }
}
