package io.waypost.server;

import io.waypost.config.SmtpSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.smtp.ConnectionLimits;
import io.waypost.outbound.smtp.Delivery;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.HostAndPort;
import io.waypost.outbound.smtp.Peer;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.smtp.SmtpTimeouts;
import io.waypost.outbound.tls.Encryption;
import io.waypost.outbound.tls.TlsContexts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost send}: a test mail through SMTP, as any sender would bring it. */
@Command(name = "send", description = "Send a test mail to this server through SMTP.", mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--to", required = true, paramLabel = "ADDR", description = "The recipient.")
    private String to = "";

    @Option(
            names = "--from",
            paramLabel = "ADDR",
            description = "The envelope sender (default: ${DEFAULT-VALUE}).",
            defaultValue = "test@sender.example")
    private String from = "test@sender.example";

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Another server than the configuration's first listener.")
    private Optional<String> server = Optional.empty();

    @Parameters(
            paramLabel = "FILE.eml",
            arity = "0..1",
            description = "The message; a short one is made up without it.")
    private Optional<Path> file = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        EmailAddress recipient = EmailAddress.of(to);
        HostAndPort host = server.isPresent() ? HostAndPort.of(server.get()) : firstListener(config.load());
        Envelope envelope = Envelope.of(
                from.isEmpty() ? ReversePath.NULL : ReversePath.of(EmailAddress.of(from)),
                List.of(recipient),
                Client.local("localhost"));
        byte[] message = file.isPresent() ? withLineEnds(Files.readAllBytes(file.get())) : made(recipient);
        DeliveryResult result = deliver(
                host, new Delivery(envelope, envelope.from(), Recipient.of(recipient), MessageContent.of(message)));
        return switch (result) {
            case DeliveryResult.Delivered delivered -> {
                String id = delivered.reply().substring(delivered.reply().lastIndexOf(' ') + 1);
                spec.commandLine().getOut().println(delivered.reply());
                spec.commandLine().getOut().println("see what became of it: ./waypost trace " + id + config.toRepeat());
                yield 0;
            }
            case DeliveryResult.Deferred deferred -> failed(host + " does not take it now: " + deferred.reason());
            case DeliveryResult.Refused refused ->
                failed("refused: " + refused.reply().orElse(refused.reason()));
        };
    }

    /** To the first address of the host that answers. */
    private static DeliveryResult deliver(HostAndPort host, Delivery delivery) {
        DeliveryResult result = DeliveryResult.Deferred.host("no address");
        try (SmtpClient client = new SmtpClient(
                SmtpTimeouts.STANDARD, new TlsContexts(Optional.empty()), new ConnectionLimits(Duration.ZERO, 1))) {
            for (InetAddress address : new HostAddresses(Dns.none()).of(host.host())) {
                Peer peer = new Peer(
                        new Exchange(host.host(), address, host.port(), false),
                        Encryption.OPPORTUNISTIC,
                        Optional.empty(),
                        "localhost",
                        Optional.empty());
                result = client.deliver(peer, delivery).result();
                if (!(result instanceof DeliveryResult.Deferred deferred)
                        || deferred.cause() != DeliveryResult.Cause.HOST) {
                    return result;
                }
            }
            return result;
        } catch (IOException e) {
            return DeliveryResult.Deferred.host(String.valueOf(e.getMessage()));
        }
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("waypost: " + why);
        return 1;
    }

    private static HostAndPort firstListener(WaypostConfig config) throws StartException {
        for (SmtpSettings.Listener listener : config.smtp().listeners()) {
            if (listener.tls() != SmtpSettings.Tls.IMPLICIT
                    && listener.proxyProtocol().isEmpty()) {
                String host = listener.address().getHostString();
                boolean any = host.equals("0.0.0.0") || host.equals("::");
                return new HostAndPort(
                        any ? "127.0.0.1" : host, listener.address().getPort());
            }
        }
        throw new StartException("no listener of the configuration takes a plain connection; name one with --server");
    }

    private byte[] made(EmailAddress recipient) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        return ("From: <%s>\r\nTo: <%s>\r\nSubject: A test of Waypost\r\nDate: %s\r\nMessage-ID: <%s@localhost>\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello from waypost send.\r\n")
                .formatted(from, recipient, date, UUID.randomUUID())
                .getBytes(StandardCharsets.UTF_8);
    }

    // Files of mail often have the line ends of the machine; the wire has CRLF only (RFC 5321 2.3.8).
    private static byte[] withLineEnds(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
        return (lines.endsWith("\r\n") ? lines : lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
