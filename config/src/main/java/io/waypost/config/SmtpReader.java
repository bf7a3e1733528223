package io.waypost.config;

import io.waypost.config.SmtpSettings.Certificate;
import io.waypost.config.SmtpSettings.Limits;
import io.waypost.config.SmtpSettings.Listener;
import io.waypost.config.SmtpSettings.Tls;
import io.waypost.config.text.DataSize;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code smtp} and the {@code submission} part of the server's file. */
final class SmtpReader {

    private static final String ADDRESS = "0.0.0.0:2525";
    private static final int MOST_RECIPIENTS = 50;

    private final Path folder;

    SmtpReader(Path folder) {
        this.folder = folder;
    }

    SmtpSettings read(Section smtp) {
        List<Listener> listeners = listeners(smtp);
        Optional<Certificate> certificate = certificate(smtp);
        boolean signReceived = smtp.isOn("signReceived", false);
        Limits limits = limits(smtp.section("limits"));
        smtp.finish();
        return new SmtpSettings(listeners, certificate, signReceived, limits);
    }

    /**
     * The listeners for submission; none where the file says nothing of it.
     *
     * @param others what receives, whose ports are taken
     */
    static SubmissionSettings submission(Section root, List<Listener> others) {
        boolean wanted = root.has("submission");
        Section section = root.section("submission");
        List<Listener> all = new ArrayList<>(others);
        List<Listener> listeners = new ArrayList<>();
        for (Section item : section.sections("listeners")) {
            Listener listener = listener(item, all);
            if (listener.tls() == Tls.NONE) {
                item.fault("tls", "'none' would show passwords to everybody on the way; use 'starttls' or 'implicit'");
            }
            listeners.add(listener);
            all.add(listener);
        }
        if (wanted && listeners.isEmpty()) {
            section.fault("listeners", "there is none; leave 'submission' out to take no submissions");
        }
        Section limits = section.section("limits");
        DataSize messageSize =
                limits.size("messageSize", DataSize.ofMegabytes(40), new DataSize(65_536), DataSize.ofMegabytes(2_000));
        // As SES has it; what is sent has as many recipients at most.
        int recipients = limits.number("recipients", MOST_RECIPIENTS, 1, MOST_RECIPIENTS);
        limits.finish();
        section.finish();
        return new SubmissionSettings(listeners, messageSize, recipients);
    }

    /** Whether two listeners want one port of one address; a wildcard wants the port of every address. */
    static boolean collide(InetSocketAddress a, InetSocketAddress b) {
        return a.getPort() == b.getPort()
                && a.getPort() != 0
                && (a.getHostString().equals(b.getHostString()) || isWildcard(a) || isWildcard(b));
    }

    private static List<Listener> listeners(Section smtp) {
        List<Listener> listeners = new ArrayList<>();
        if (!smtp.has("listeners")) {
            listeners.add(listener(smtp.having("listeners", "address", ADDRESS), listeners));
            return listeners;
        }
        for (Section section : smtp.sections("listeners")) {
            listeners.add(listener(section, listeners));
        }
        if (listeners.isEmpty()) {
            smtp.fault("listeners", "the list is empty; leave the key out to listen on " + ADDRESS);
        }
        return listeners;
    }

    private static Listener listener(Section section, List<Listener> others) {
        InetSocketAddress address = section.required("address", HostPort::toListenOn, HostPort::format)
                .orElseGet(() -> InetSocketAddress.createUnresolved("missing", 0));
        for (Listener other : others) {
            if (collide(address, other.address())) {
                section.fault(
                        "address",
                        "'" + HostPort.format(address) + "' collides with the listener on '"
                                + HostPort.format(other.address()) + "'");
            }
        }
        Tls tls = section.choice("tls", Tls.class, Tls.STARTTLS);
        List<CidrBlock> proxies = section.list("proxyProtocol", List.of(), CidrBlock::of, CidrBlock::toString);
        section.finish();
        return new Listener(address, tls, proxies);
    }

    private static boolean isWildcard(InetSocketAddress address) {
        return HostPort.literal(address.getHostString())
                .map(InetAddress::isAnyLocalAddress)
                .orElse(false);
    }

    private Optional<Certificate> certificate(Section smtp) {
        boolean wanted = smtp.has("certificate");
        Section section = smtp.section("certificate");
        Optional<Path> chain = wanted ? pem(section, "chain") : section.none("chain");
        Optional<Path> key = wanted ? pem(section, "key") : section.none("key");
        section.finish();
        return chain.flatMap(found -> key.map(with -> new Certificate(found, with)));
    }

    private Optional<Path> pem(Section section, String key) {
        Optional<Path> path = section.required(key, text -> folder.resolve(Paths.of(text)), Path::toString);
        path.filter(file -> !Files.isReadable(file))
                .ifPresent(file -> section.fault(key, "there is no readable file " + file));
        return path;
    }

    private static Limits limits(Section section) {
        // RFC 5321 4.5.3.1.7 asks for 64K octets at least.
        DataSize messageSize = section.size(
                "messageSize", DataSize.ofMegabytes(40), new DataSize(65_536), DataSize.ofMegabytes(2_000));
        int recipients = section.number("recipients", 100, 1, 10_000);
        int connections = section.number("connections", 2000, 1, 100_000);
        int perAddress = section.number("perAddress", Math.min(50, connections), 1, 100_000);
        Duration longest = Duration.ofHours(1);
        Duration second = Duration.ofSeconds(1);
        Duration commandTimeout = section.duration("commandTimeout", Duration.ofMinutes(5), second, longest);
        Duration dataTimeout = section.duration("dataTimeout", Duration.ofMinutes(10), second, longest);
        int hops = section.number("hops", 50, 1, 1000);
        if (perAddress > connections) {
            section.fault("perAddress", "'" + perAddress + "' is more than 'connections', '" + connections + "'");
        }
        section.finish();
        return new Limits(messageSize, recipients, connections, perAddress, commandTimeout, dataTimeout, hops);
    }
}
