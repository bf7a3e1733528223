package io.waypost.smtp.checks.dmarc;

import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.testing.FakeDns;
import io.waypost.smtp.testing.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One case of {@code checks/dmarc.txt}. */
final class DmarcCase {

    final String name;
    final FakeDns dns = new FakeDns();
    final List<String> dkim = new ArrayList<>();
    String section = "";
    String from = "example.com";
    Optional<String> spf = Optional.empty();
    boolean unknown;
    List<String> expected = List.of();

    private DmarcCase(String name) {
        this.name = name;
    }

    static List<DmarcCase> all() throws IOException {
        List<DmarcCase> cases = new ArrayList<>();
        try (InputStream in = DmarcCase.class.getResourceAsStream("/checks/dmarc.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("== ")) {
                    cases.add(new DmarcCase(line.substring(3)));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    cases.getLast().line(line.split(" ", 2));
                }
            }
        }
        return cases;
    }

    private void line(String[] parts) {
        String value = parts[1];
        switch (parts[0]) {
            case "rfc" -> section = value;
            case "txt" -> dns.txt(value.substring(0, value.indexOf(' ')), value.substring(value.indexOf(' ') + 1));
            case "exists" -> dns.exists(value);
            case "failing" -> dns.failing(value);
            case "from" -> from = value;
            case "spf" -> spf = Optional.of(value);
            case "dkim" -> dkim.addAll(Arrays.asList(value.split(", ")));
            case "unknown" -> unknown = true;
            case "expect" -> expected = Arrays.asList(value.split(" "));
            default -> throw new IllegalArgumentException(parts[0]);
        }
    }

    List<HeaderBlock.Field> header() {
        return Headers.block(("From: a@" + from + "\r\n").getBytes(StandardCharsets.UTF_8))
                .fields();
    }

    DmarcResult check() {
        return DmarcCheck.check(header(), spf, dkim, unknown, dns);
    }

    @Override
    public String toString() {
        return "RFC 9989 " + section + ": " + name;
    }
}
