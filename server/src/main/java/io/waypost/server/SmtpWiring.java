package io.waypost.server;

import io.waypost.config.CidrBlock;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.DataSize;
import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.message.port.Spool;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.run.Router;
import io.waypost.smtp.CertificateFiles;
import io.waypost.smtp.Cidr;
import io.waypost.smtp.Limits;
import io.waypost.smtp.ListenerSettings;
import io.waypost.smtp.ListenerSettings.Purpose;
import io.waypost.smtp.Routing;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.TlsMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Configuration's words in the listener's, and the rules as the session asks for them. */
final class SmtpWiring {

    private SmtpWiring() {}

    static SmtpSettings settings(WaypostConfig config) throws StartException {
        List<ListenerSettings> listeners = new ArrayList<>();
        for (io.waypost.config.SmtpSettings.Listener listener : config.smtp().listeners()) {
            listeners.add(listener(listener, Purpose.RECEPTION));
        }
        for (io.waypost.config.SmtpSettings.Listener listener :
                config.submission().listeners()) {
            listeners.add(listener(listener, Purpose.SUBMISSION));
        }
        io.waypost.config.SmtpSettings.Limits limits = config.smtp().limits();
        return new SmtpSettings(
                config.hostname(),
                new Domain(
                        config.domains().isEmpty()
                                ? config.hostname()
                                : config.domains().getFirst()),
                listeners,
                config.smtp().certificate().map(files -> new CertificateFiles(files.chain(), files.key())),
                config.data().resolve("tls"),
                limits(limits, limits.messageSize(), limits.recipients()),
                limits(
                        limits,
                        config.submission().messageSize(),
                        config.submission().recipients()));
    }

    private static ListenerSettings listener(io.waypost.config.SmtpSettings.Listener listener, Purpose purpose)
            throws StartException {
        return new ListenerSettings(
                resolved(listener.address()),
                purpose,
                TlsMode.valueOf(listener.tls().name()),
                listener.proxyProtocol().stream()
                        .map(CidrBlock::toString)
                        .map(Cidr::of)
                        .toList());
    }

    private static Limits limits(io.waypost.config.SmtpSettings.Limits limits, DataSize messageSize, int recipients) {
        return Limits.of(
                messageSize.bytes(),
                recipients,
                limits.connections(),
                limits.perAddress(),
                limits.commandTimeout(),
                limits.dataTimeout(),
                limits.hops());
    }

    /** An address to listen on, with its host found; hosts are this machine's own names. */
    static InetSocketAddress resolved(InetSocketAddress address) throws StartException {
        try {
            return new InetSocketAddress(
                    new HostAddresses(Dns.none()).of(address.getHostString()).getFirst(), address.getPort());
        } catch (IOException e) {
            throw new StartException("cannot listen on " + address.getHostString() + ":" + address.getPort()
                    + ": this machine has no such name or address");
        }
    }

    static Routing routing(RuleBook book, Router router) {
        return new Routing() {
            @Override
            public Optional<Reply> refusal(ReversePath from, EmailAddress to, Client client) {
                return book.refusal(from, to, client);
            }

            @Override
            public boolean wantsScan(Envelope envelope) {
                return book.wantsScan(envelope);
            }

            @Override
            public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
                return book.decide(envelope, verdicts, content);
            }

            @Override
            public void accepted(Spool.Committed committed) {
                router.offer(committed);
            }
        };
    }
}
