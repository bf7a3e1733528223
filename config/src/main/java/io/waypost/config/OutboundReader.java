package io.waypost.config;

import io.waypost.config.OutboundSettings.Destination;
import io.waypost.config.OutboundSettings.Login;
import io.waypost.config.OutboundSettings.Source;
import io.waypost.config.OutboundSettings.WarmUp;
import io.waypost.config.text.Units;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads where mail that leaves goes. */
final class OutboundReader {

    private static final int MOST_CONNECTIONS = 1000;
    private static final int MOST_DAYS = 366;
    private static final int MOST_RECIPIENTS = 100_000_000;

    private final Path folder;

    OutboundReader(Path folder) {
        this.folder = folder;
    }

    OutboundSettings read(Section section) {
        Optional<InetSocketAddress> relay = section.optional("relay", HostPort::toConnectTo, HostPort::format);
        Optional<Login> login = login(section);
        Map<String, InetSocketAddress> routes =
                section.map("routes", "DOMAIN", HostPort::domain, HostPort::toConnectTo, HostPort::format);
        int port = section.number("port", 25, 1, 65_535);
        boolean allowPrivate = section.flag("allowPrivate", false);
        boolean dane = section.isOn("dane", true);
        boolean mtaSts = section.isOn("mtaSts", true);
        Optional<Path> trust = section.optional("trust", text -> folder.resolve(Paths.of(text)), Path::toString);
        trust.filter(file -> !Files.isReadable(file))
                .ifPresent(file -> section.fault("trust", "there is no readable file " + file));
        int connections = section.number("connections", 20, 1, MOST_CONNECTIONS);
        Duration idle = section.duration("idle", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(4));
        int mails = section.number("mailsPerConnection", 100, 1, 100_000);
        Map<String, Destination> destinations = destinations(section, connections);
        Map<String, List<Source>> pools = pools(section);
        section.finish();
        return new OutboundSettings(
                relay,
                login,
                routes,
                port,
                allowPrivate,
                dane,
                mtaSts,
                trust,
                connections,
                idle,
                mails,
                destinations,
                pools);
    }

    private static Optional<Login> login(Section section) {
        Optional<String> user = section.optional("relayUser", OutboundReader::user, name -> name);
        Optional<Secret> password = section.optional("relayPassword", TargetReader::secret, Secret::toString);
        boolean unreadable = Stream.of("relayUser", "relayPassword")
                .anyMatch(key -> section.problems().has(section.placeOf(key)));
        if (!unreadable && section.has("relayUser") != section.has("relayPassword")) {
            section.fault(
                    section.has("relayUser") ? "relayUser" : "relayPassword",
                    "a login needs both 'relayUser' and 'relayPassword'");
        }
        if (section.has("relayUser") && !section.has("relay")) {
            section.fault("relayUser", "there is no 'relay' to log in to");
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    private static String user(String text) {
        if (text.isEmpty() || text.length() > 255 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a user name has 1 to 255 characters");
        }
        return text;
    }

    private static Map<String, Destination> destinations(Section outbound, int connections) {
        Map<String, Destination> destinations = new LinkedHashMap<>();
        outbound.named("destinations", "DOMAIN").forEach((name, sections) -> {
            Section section = sections.getFirst();
            int most = section.number("connections", connections, 1, MOST_CONNECTIONS);
            Optional<Double> rate = section.optional("rate", OutboundReader::rate, Words::of);
            section.finish();
            OptionalDouble limit = rate.map(OptionalDouble::of).orElse(OptionalDouble.empty());
            destinations.put(name.toLowerCase(Locale.ROOT), new Destination(most, limit));
        });
        return destinations;
    }

    private static double rate(String text) {
        if (text.matches("\\d{1,6}(\\.\\d{1,3})?")) {
            double rate = Double.parseDouble(text);
            if (rate >= 0.001) {
                return rate;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a number of mails a second, such as 10 or 0.5");
    }

    private static Map<String, List<Source>> pools(Section outbound) {
        Map<String, List<Source>> pools = new LinkedHashMap<>();
        outbound.named("pools", "NAME[]").forEach((name, sections) -> {
            List<Source> sources = new ArrayList<>();
            for (Section section : sections) {
                Optional<InetAddress> address =
                        section.required("address", OutboundReader::address, InetAddress::getHostAddress);
                Optional<String> hostname = section.optional("hostname", HostPort::domain, host -> host);
                Optional<InetAddress> seenAs =
                        section.optional("seenAs", OutboundReader::address, InetAddress::getHostAddress);
                Optional<WarmUp> warmUp =
                        section.has("warmUp") ? warmUp(section.section("warmUp")) : section.none("warmUp");
                section.finish();
                address.ifPresent(from -> sources.add(new Source(from, hostname, seenAs, warmUp)));
            }
            if (sections.isEmpty()) {
                outbound.fault("pools", "'" + name + "' has no address");
            }
            pools.put(name, List.copyOf(sources));
        });
        return pools;
    }

    private static Optional<WarmUp> warmUp(Section section) {
        Optional<LocalDate> from = section.required("from", OutboundReader::day, LocalDate::toString);
        List<Integer> recipients =
                section.list("recipients", List.of(), text -> Units.number(text, 1, MOST_RECIPIENTS), String::valueOf);
        if (recipients.size() > MOST_DAYS) {
            section.fault("recipients", "these are more than " + MOST_DAYS + " days");
        }
        section.finish();
        return from.map(day -> new WarmUp(day, recipients));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a day such as 2026-11-01", e);
        }
    }

    private static InetAddress address(String text) {
        return HostPort.literal(text)
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an address of a server"));
    }
}
