package io.waypost.smtp.session;

import static io.waypost.smtp.testing.FakeAuthenticator.PASSWORD;
import static io.waypost.smtp.testing.FakeAuthenticator.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.Limits;
import io.waypost.smtp.TlsMode;
import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.TestServer;
import io.waypost.smtp.testing.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to get the exchange of AUTH wrong: one reply each, and nobody is logged in. */
class BrokenAuthTest {

    private static final String RIGHT = base64("\0" + USER + "\0" + PASSWORD);

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments row(String name, String section, String reply, String... lines) {
        return Arguments.of(name, section, reply, List.of(lines));
    }

    static Stream<Arguments> exchanges() {
        String syntax = "501 Malformed authentication response";
        String wrong = "535 Authentication Credentials Invalid";
        return Stream.of(
                row("no mechanism", "RFC 4954 4", "501 Syntax: AUTH mechanism", "AUTH"),
                row("blank mechanism", "RFC 4954 4", "501 Syntax: AUTH mechanism", "AUTH  " + RIGHT),
                row("unknown mechanism", "RFC 4954 4", "504 Unrecognized", "AUTH CRAM-MD5"),
                row("unknown with response", "RFC 4954 4", "504 Unrecognized", "AUTH XOAUTH2 " + RIGHT),
                row("mechanism runs on", "RFC 4954 8", "504 Unrecognized", "AUTH PLAIN=" + RIGHT),
                row("cancelled PLAIN", "RFC 4954 4", "501 Authentication cancelled", "AUTH PLAIN", "*"),
                row("cancelled user", "RFC 4954 4", "501 Authentication cancelled", "AUTH LOGIN", "*"),
                row(
                        "cancelled password",
                        "RFC 4954 4",
                        "501 Authentication cancelled",
                        "AUTH LOGIN",
                        base64(USER),
                        "*"),
                row("star as initial response", "RFC 4954 4", syntax, "AUTH PLAIN *"),
                row("star and more", "RFC 4954 4", syntax, "AUTH PLAIN", "* "),
                row("no base64", "RFC 4954 4", syntax, "AUTH PLAIN !!!!"),
                row("URL-safe base64", "RFC 4648 5", syntax, "AUTH PLAIN AP__AP__"),
                row("blank in front", "RFC 4954 4", syntax, "AUTH PLAIN", " " + RIGHT),
                row("blank at the end", "RFC 4954 4", syntax, "AUTH PLAIN", RIGHT + " "),
                row("two responses", "RFC 4954 4", syntax, "AUTH PLAIN " + RIGHT + " " + RIGHT),
                row(
                        "padding is missing",
                        "RFC 4648 3.2",
                        syntax,
                        "AUTH PLAIN " + base64("\0a\0bb").replace("=", "")),
                row("too much padding", "RFC 4648 3.2", syntax, "AUTH PLAIN " + base64("\0a\0b") + "===="),
                row("bits behind the end", "RFC 4648 3.5", syntax, "AUTH PLAIN AGEAYm=="),
                row("no octets", "RFC 4954 4", syntax, "AUTH PLAIN ="),
                row("empty line", "RFC 4616 2", syntax, "AUTH PLAIN", ""),
                row("one NUL", "RFC 4616 2", syntax, "AUTH PLAIN " + base64(USER + "\0" + PASSWORD)),
                row("three NULs", "RFC 4616 2", syntax, "AUTH PLAIN " + base64("\0" + USER + "\0" + PASSWORD + "\0")),
                row("not UTF-8", "RFC 4616 2", syntax, "AUTH PLAIN AP8A/w=="),
                row("response not ASCII", "RFC 4954 4", syntax, "AUTH PLAIN", "\u00e4\u00e4\u00e4\u00e4"),
                row("acts for another", "RFC 4616 2", wrong, "AUTH PLAIN " + base64("root\0" + USER + "\0" + PASSWORD)),
                row(
                        "acts for its key in lower case",
                        "RFC 4616 2",
                        wrong,
                        "AUTH PLAIN " + base64(USER.toLowerCase() + "\0" + USER + "\0" + PASSWORD)),
                row("wrong password", "RFC 4954 6", wrong, "AUTH PLAIN " + base64("\0" + USER + "\0x")),
                row("no password", "RFC 4616 2", wrong, "AUTH PLAIN " + base64("\0" + USER + "\0")),
                row("no user", "RFC 4616 2", wrong, "AUTH PLAIN " + base64("\0\0" + PASSWORD)),
                row("unknown user", "RFC 4954 6", wrong, "AUTH PLAIN " + base64("\0nobody\0" + PASSWORD)),
                row("LOGIN swapped", "RFC 4954 6", wrong, "AUTH LOGIN", base64(PASSWORD), base64(USER)),
                row("LOGIN with nothing", "RFC 4954 6", wrong, "AUTH LOGIN =", ""),
                row("LOGIN user no base64", "RFC 4954 4", syntax, "AUTH LOGIN", USER + "!"),
                row("LOGIN password no base64", "RFC 4954 4", syntax, "AUTH LOGIN", base64(USER), PASSWORD),
                row("PLAIN message for LOGIN", "RFC 4954 6", wrong, "AUTH LOGIN", RIGHT, RIGHT),
                row(
                        "a user of the longest line",
                        "RFC 4954 4",
                        wrong,
                        "AUTH LOGIN",
                        base64("u".repeat(9216)),
                        base64(PASSWORD)),
                row("line too long", "RFC 4954 4", "500 Line too long", "AUTH PLAIN", base64("u".repeat(9217))),
                row("command too long", "RFC 5321 4.5.3.1", "500 Line too long", "AUTH PLAIN " + "A".repeat(2000)));
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("exchanges")
    void hasOneReplyAndTheSessionGoesOn(String name, String section, String reply, List<String> lines)
            throws Exception {
        for (Transcript.Sender sender : List.of(Transcript.Sender.WHOLE, Transcript.Sender.SINGLE)) {
            try (TestServer server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
                    RawClient client = server.connectTls()) {
                client.reply();
                client.command("EHLO client.example");
                List<String> said = new ArrayList<>();
                for (String line : lines) {
                    assertThat(said).allSatisfy(asked -> assertThat(asked).startsWith("334 "));
                    sender.send(client, (line + "\r\n").getBytes(StandardCharsets.UTF_8));
                    said.add(client.line());
                }
                assertThat(said.getLast()).as(name).startsWith(reply);
                assertThat(client.command("MAIL FROM:<app@example.com>")).isEqualTo("530 Authentication required");
                assertThat(client.command("AUTH PLAIN " + RIGHT)).startsWith("235 ");
            }
        }
    }

    @Test
    void actingForOneselfByNameIsAllowed() throws Exception {
        try (TestServer server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
                RawClient client = server.connectTls()) {
            client.reply();
            client.command("EHLO client.example");
            assertThat(client.command("AUTH PLAIN " + base64(USER + "\0" + USER + "\0" + PASSWORD)))
                    .startsWith("235 ");
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"\n", "\r", "a\nb\r\n", "a\rb\r\n", "\0\r\n", "a\0\r\n"})
    void aBrokenLineEndClosesTheConnection(String line) throws Exception {
        try (TestServer server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
                RawClient client = server.connectTls()) {
            client.reply();
            client.command("EHLO client.example");
            assertThat(client.command("AUTH LOGIN")).startsWith("334");
            client.send(line + "NOOP\r\n");
            assertThat(client.reply()).startsWith("500 ");
            assertThat(client.line()).isNull();
            assertThat(server.authenticator.asked).isEmpty();
        }
    }

    @Test
    void aResponseWithoutEndIsCutOff() throws Exception {
        try (TestServer server = TestServer.submission(TlsMode.IMPLICIT, Limits.DEFAULT);
                RawClient client = server.connectTls()) {
            client.reply();
            client.command("EHLO client.example");
            assertThat(client.command("AUTH PLAIN")).startsWith("334");
            try {
                client.send("A".repeat(200_000));
            } catch (java.net.SocketException e) {
                // Closed in the midst of it, as it should be.
            }
            assertThat(client.reply()).startsWith("500 Line without end");
            assertThat(client.line()).isNull();
        }
    }
}
