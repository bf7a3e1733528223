package io.waypost.smtp.checks.spf;

import io.waypost.message.ReversePath;
import io.waypost.smtp.testing.FakeDns;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code cases.txt}, whose head says what its lines mean. */
final class SpfCases {

    private static final Pattern RECORD =
            Pattern.compile("  (.+?)\\s+(A|AAAA|MX|PTR|TXT|FAILS|EXISTS)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern REPEATED = Pattern.compile("\\{\\{(.+?)\\*(\\d+)}}");
    private static final Pattern CHARACTER = Pattern.compile("\\\\u([0-9a-f]{4})");

    private SpfCases() {}

    static List<SpfCase> all() {
        List<SpfCase> cases = new ArrayList<>();
        List<String> zone = new ArrayList<>();
        for (String line : text().split("\n")) {
            if (line.startsWith("zone")) {
                zone.clear();
            } else if (line.startsWith("  ")) {
                zone.add(line);
            } else if (line.startsWith("? ")) {
                cases.add(brief(columns(line), dns(zone)));
            } else if (line.startsWith("! ")) {
                cases.add(full(columns(line), dns(zone)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException("no such line: " + line);
            }
        }
        return cases;
    }

    private static SpfCase brief(List<String> columns, FakeDns dns) {
        return new SpfCase(
                columns.get(0),
                columns.get(1),
                dns.txt("example.com", columns.get(3)),
                InetAddress.ofLiteral(columns.get(2)),
                "mail.example.com",
                ReversePath.parse("alice@example.com"),
                columns.get(4),
                columns.size() > 5 ? Optional.of(columns.get(5)) : Optional.empty());
    }

    private static SpfCase full(List<String> columns, FakeDns dns) {
        String from = columns.get(4);
        return new SpfCase(
                columns.get(0),
                columns.get(1),
                dns,
                InetAddress.ofLiteral(columns.get(2)),
                columns.get(3),
                ReversePath.parse(from.equals("<>") ? "" : from),
                columns.get(5),
                columns.size() > 6 ? Optional.of(columns.get(6)) : Optional.empty());
    }

    private static List<String> columns(String line) {
        return List.of(line.substring(2).split("\\s*\\|\\s*", -1)).stream()
                .map(SpfCases::plain)
                .toList();
    }

    private static FakeDns dns(List<String> zone) {
        FakeDns dns = new FakeDns();
        for (String line : zone) {
            Matcher record = RECORD.matcher(line);
            if (!record.matches()) {
                throw new IllegalArgumentException("no record: " + line);
            }
            String name = plain(record.group(1));
            String value = plain(Objects.requireNonNullElse(record.group(3), ""));
            switch (record.group(2)) {
                case "A", "AAAA" -> dns.a(name, value);
                case "MX" ->
                    dns.mx(
                            name,
                            Integer.parseInt(value.substring(0, value.indexOf(' '))),
                            value.substring(value.indexOf(' ') + 1));
                case "PTR" -> dns.ptr(name, value);
                case "TXT" -> dns.txt(name, value);
                case "FAILS" -> dns.failing(name);
                default -> dns.exists(name);
            }
        }
        return dns;
    }

    private static String plain(String text) {
        String repeated = REPEATED.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2)))));
        return CHARACTER
                .matcher(repeated)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(SpfCases.class.getResourceAsStream("cases.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
