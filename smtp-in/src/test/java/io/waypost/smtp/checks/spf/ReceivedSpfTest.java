package io.waypost.smtp.checks.spf;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.spf.SpfResult.Identity;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedSpfTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    @Test
    void looksAsAmazonSesWritesIt() {
        assertThat(ReceivedSpf.value(result(Result.PASS, "a.example", "bob@a.example"), CLIENT, "mail.a.example"))
                .isEqualTo("pass (spfCheck: domain of a.example designates 192.0.2.1 as\r\n"
                        + " permitted sender) client-ip=192.0.2.1; envelope-from=\"bob@a.example\";\r\n"
                        + " helo=\"mail.a.example\";");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PASS      | spfCheck: domain of a.example designates 192.0.2.1 as permitted sender",
                "FAIL      | spfCheck: domain of a.example does not designate 192.0.2.1 as permitted sender",
                "SOFTFAIL  | spfCheck: transitioning domain of a.example does not designate 192.0.2.1 as permitted sender",
                "NEUTRAL   | spfCheck: 192.0.2.1 is neither permitted nor denied by domain of a.example",
                "NONE      | spfCheck: 192.0.2.1 is neither permitted nor denied by domain of a.example",
                "TEMPERROR | spfCheck: Error in retrieving data from DNS",
                "PERMERROR | spfCheck: Error in processing SPF Record",
            })
    void everyResultHasItsComment(Result result, String comment) {
        ParsedReceivedSpf parsed = ParsedReceivedSpf.parse(
                ReceivedSpf.value(result(result, "a.example", "bob@a.example"), CLIENT, "mail.a.example"));

        assertThat(parsed.result()).isEqualTo(result.word());
        assertThat(parsed.comment()).isEqualTo(comment);
    }

    @Test
    void anIpv6AddressIsAQuotedString() {
        String value = ReceivedSpf.value(
                result(Result.FAIL, "a.example", "bob@a.example"), InetAddress.ofLiteral("2001:db8::1"), "helo");

        assertThat(value).contains("client-ip=\"2001:db8::1\";");
        assertThat(ParsedReceivedSpf.parse(value).comment())
                .isEqualTo("spfCheck: domain of a.example does not designate 2001:db8::1 as permitted sender");
    }

    @Test
    void whatTheSenderWroteEndsNothing() {
        SpfResult forged = result(
                Result.NONE, "x) (y\"\r\nBcc: all@a.example", "a\"; helo=bank.example; x=\"\\@x) (y\r\n\r\nbody");

        assertThat(ReceivedSpf.value(forged, CLIENT, "h\"; client-ip=198.51.100.1; x=\"\\"))
                .isEqualTo("none (spfCheck: 192.0.2.1 is neither permitted nor denied by\r\n"
                        + " domain of x???y???Bcc:?all?a.example) client-ip=192.0.2.1;\r\n"
                        + " envelope-from=\"a\\\"; helo=bank.example; x=\\\"\\\\@x) (y????body\";\r\n"
                        + " helo=\"h\\\"; client-ip=198.51.100.1; x=\\\"\\\\\";");
    }

    /** Texts made of what means something in a header field. */
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> bit = Arbitraries.of(
                "\"",
                "\\",
                "(",
                ")",
                ";",
                "=",
                " ",
                "\t",
                "\r\n",
                "\n",
                "\r",
                "\0",
                "\r\n ",
                "; helo=x",
                "\\\"",
                "client-ip=1.2.3.4",
                "Subject: x",
                "\u00e9",
                "\u2028",
                "\ud83d\ude00",
                "\ud83d",
                "=?utf-8?q?x?=",
                "a",
                ".",
                "@",
                "[",
                "]",
                "x".repeat(300),
                "\\".repeat(300),
                " ".repeat(300));
        return Arbitraries.oneOf(bit.list().ofMaxSize(12).map(bits -> String.join("", bits)), Arbitraries.strings());
    }

    @Property(tries = 3000)
    void anyInputIsReadBackAsTheseKeysAndNoOthers(
            @ForAll Result result,
            @ForAll("hostile") String domain,
            @ForAll("hostile") String sender,
            @ForAll("hostile") String helo) {
        String value = ReceivedSpf.value(result(result, domain, sender), CLIENT, helo);

        ParsedReceivedSpf parsed = ParsedReceivedSpf.parse(value);
        assertThat(parsed.result()).isEqualTo(result.word());
        assertThat(parsed.values())
                .containsExactly(
                        Map.entry("client-ip", "192.0.2.1"),
                        Map.entry("envelope-from", SafeText.ascii(sender, 320)),
                        Map.entry("helo", SafeText.ascii(helo, 320)));
    }

    @Property(tries = 3000)
    void anyInputIsOneField(
            @ForAll Result result,
            @ForAll("hostile") String domain,
            @ForAll("hostile") String sender,
            @ForAll("hostile") String helo) {
        String value = ReceivedSpf.value(result(result, domain, sender), CLIENT, helo);

        // Line ends are folds only, and no line is blank (RFC 5322 2.2.3).
        assertThat(value.replace("\r\n ", " ")).matches("[ -~]+");
        String[] lines = (ReceivedSpf.NAME + ": " + value).split("\r\n", -1);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line).isNotBlank();
            assertThat(line.length()).isLessThanOrEqualTo(998);
        });
        // Only a single long word makes a line long (RFC 5322 2.1.1).
        assertThat(lines).allSatisfy(line -> assertThat(
                        line.length() < 78 || line.matches(" (envelope-from|helo)=.*;") || line.matches(" [^ ]{77,}"))
                .as(line)
                .isTrue());
    }

    @Property(tries = 3000)
    void theSendersTextStandsInQuotedStringsAndTheCommentOnly(
            @ForAll Result result,
            @ForAll("hostile") String sender,
            @ForAll("hostile") String helo,
            @ForAll("hostile") String domain) {
        String value =
                ReceivedSpf.value(result(result, domain, sender), CLIENT, helo).replace("\r\n ", " ");

        String rest = QUOTED.matcher(value.substring(value.indexOf(')') + 1)).replaceAll("Q");
        assertThat(rest).isEqualTo(" client-ip=192.0.2.1; envelope-from=Q; helo=Q;");
    }

    private static SpfResult result(Result result, String domain, String sender) {
        return new SpfResult(result, Identity.MAIL_FROM, domain, sender, Optional.empty(), "why", Optional.empty());
    }
}
