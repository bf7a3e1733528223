package io.waypost.smtp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.smtp.Refusal;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {

    private static final Domain OURS = new Domain("example.com");
    private static final String L63 = "a".repeat(63);
    private static final String DOMAIN_190 = L63 + "." + "b".repeat(63) + "." + "c".repeat(62);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<bob@example.com>, bob@example.com",
                "<bob@EXAMPLE.Com>, bob@example.com",
                "<Bob.O'Neil+tag=x@example.com>, Bob.O'Neil+tag=x@example.com",
                "<!#$%&'*+-/=?^_`{|}~@example.com>, !#$%&'*+-/=?^_`{|}~@example.com",
                "<\"a b\"@example.com>, \"a b\"@example.com",
                "<\"a\\\"@>b\"@example.com>, \"a\\\"@>b\"@example.com",
                "<\"\"@example.com>, \"\"@example.com",
                "<bob@[192.0.2.1]>, bob@[192.0.2.1]",
                "<bob@[IPv6:2001:db8::1]>, bob@[ipv6:2001:db8::1]",
                "<bob@localhost>, bob@localhost",
                "<bob@1.2.3>, bob@1.2.3",
                "`<@relay.example,@[192.0.2.9]:bob@example.com>`, bob@example.com",
                "<postmaster>, postmaster@example.com",
                "<POSTMASTER>, postmaster@example.com",
                "<Postmaster@example.com>, Postmaster@example.com",
                "` <bob@example.com>`, bob@example.com",
            })
    void takesAddressesOfTheGrammar(String path, String address) throws Exception {
        assertThat(RcptCommand.parse("TO:" + path, false, OURS, ReceptionAgent.PARAMETERS)
                        .address())
                .isEqualTo(EmailAddress.of(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.com",
                "<bob@example.com",
                "bob@example.com>",
                "<>",
                "<@example.com>",
                "<bob@>",
                "<bob>",
                "<.bob@example.com>",
                "<bob.@example.com>",
                "<b..ob@example.com>",
                "<b ob@example.com>",
                "<bob@exa mple.com>",
                "<bob@-example.com>",
                "<bob@example-.com>",
                "<bob@example..com>",
                "<bob@example.com.>",
                "<bob@.example.com>",
                "<bob@exam_ple.com>",
                "<bob@example.com>>",
                "<<bob@example.com>",
                "<bob@example.com>x",
                "<bob@@example.com>",
                "<\"bob@example.com>",
                "<\"bob\"x@example.com>",
                "<\"a\tb\"@example.com>",
                "<\"a\u007f\"@example.com>",
                "<bob@[192.0.2.256]>",
                "<bob@[192.0.2.1>",
                "<bob@[2001:db8::1]>",
                "<bob@[IPv6:2001:db8::zz]>",
                "<bob@[IPv6:192.0.2.1]>",
                "<bob@[localhost]>",
                "<bob@[]>",
                "<@relay.example:>",
                "<@relay.example bob@example.com>",
                "<relay.example:bob@example.com>",
                "<bob(comment)@example.com>",
                "<bob%s@exam%ple.com>",
                "",
            })
    void refusesEverythingElse(String path) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> RcptCommand.parse("TO:" + path, false, OURS, ReceptionAgent.PARAMETERS));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reply().code()).isEqualTo(501);
        assertThat(refusal.reply().status().toString()).isIn("5.1.3", "5.5.4");
    }

    @Test
    void lengthLimitsAreThoseOfTheStandard() throws Exception {
        assertThat(rcpt("l".repeat(64) + "@example.com")).isEqualTo("ok");
        assertThat(rcpt("l".repeat(65) + "@example.com")).isEqualTo("Local part too long");
        assertThat(rcpt("l@" + L63 + ".example")).isEqualTo("ok");
        assertThat(rcpt("l@x" + L63 + ".example")).isEqualTo("Bad domain");
        // <63@190> is 256 octets.
        assertThat(rcpt("l".repeat(63) + "@" + DOMAIN_190)).isEqualTo("ok");
        assertThat(rcpt("l".repeat(64) + "@" + DOMAIN_190)).isEqualTo("Path too long");
        assertThat(rcpt("l@" + DOMAIN_190 + ".d".repeat(34))).isEqualTo("Domain too long");
    }

    private static String rcpt(String address) throws Exception {
        try {
            RcptCommand.parse("TO:<" + address + ">", false, OURS, ReceptionAgent.PARAMETERS);
            return "ok";
        } catch (Refusal refusal) {
            return refusal.reply().text();
        }
    }

    @Test
    void utf8NeedsSmtpUtf8() throws Exception {
        assertThat(MailCommand.parse("FROM:<\u00e9ve@ex\u00e4mple.com> SMTPUTF8", ReceptionAgent.PARAMETERS)
                        .from())
                .isEqualTo(ReversePath.of(EmailAddress.of("\u00e9ve@ex\u00e4mple.com")));
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> MailCommand.parse("FROM:<\u00e9ve@example.com>", ReceptionAgent.PARAMETERS));
        assertThat(refusal.reply().toString()).startsWith("553 5.6.7");
        assertThat(catchThrowableOfType(
                                Refusal.class,
                                () -> RcptCommand.parse(
                                        "TO:<bob@ex\u00e4mple.com>", false, OURS, ReceptionAgent.PARAMETERS))
                        .reply()
                        .toString())
                .startsWith("553 5.6.7");
        for (String control : new String[] {"\u0085", "\u2028", "\u202e", "\u00a0"}) {
            assertThat(catchThrowableOfType(
                            Refusal.class,
                            () -> MailCommand.parse(
                                    "FROM:<a" + control + "b@example.com> SMTPUTF8", ReceptionAgent.PARAMETERS)))
                    .isNotNull();
        }
        // 64 octets, not 64 characters.
        assertThat(catchThrowableOfType(
                        Refusal.class,
                        () -> RcptCommand.parse(
                                "TO:<" + "\u00e9".repeat(33) + "@x.example>", true, OURS, ReceptionAgent.PARAMETERS)))
                .isNotNull();
    }

    @Test
    void parametersOfMailAreKept() throws Exception {
        MailCommand mail = MailCommand.parse(
                "FROM:<alice@sender.example> size=1000 BODY=8bitmime SMTPUTF8 ENVID=QQ+2B314 RET=hdrs",
                ReceptionAgent.PARAMETERS);
        assertThat(mail)
                .isEqualTo(new MailCommand(
                        ReversePath.of(EmailAddress.of("alice@sender.example")),
                        1000,
                        Envelope.Body.EIGHT_BIT_MIME,
                        true,
                        Optional.of("QQ+2B314"),
                        Optional.of(Envelope.DsnReturn.HDRS)));
        assertThat(MailCommand.parse("FROM:<>", ReceptionAgent.PARAMETERS).from())
                .isEqualTo(ReversePath.NULL);
        assertThat(MailCommand.parse("FROM:<> SIZE=99999999999999999999", ReceptionAgent.PARAMETERS)
                        .size())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void parametersOfRcptAreKept() throws Exception {
        assertThat(RcptCommand.parse(
                        "TO:<bob@example.com> NOTIFY=success,DELAY ORCPT=rfc822;Bob+2Bx@example.com",
                        false,
                        OURS,
                        ReceptionAgent.PARAMETERS))
                .isEqualTo(new Recipient(
                        EmailAddress.of("bob@example.com"),
                        Set.of(Recipient.Notify.SUCCESS, Recipient.Notify.DELAY),
                        Optional.of("rfc822;Bob+2Bx@example.com")));
        assertThat(RcptCommand.parse(
                                "TO:<bob@example.com> ORCPT=utf-8;b\u00f6b@example.com",
                                true,
                                OURS,
                                ReceptionAgent.PARAMETERS)
                        .originalRecipient())
                .contains("utf-8;b\u00f6b@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIZE=x | 501",
                "SIZE= | 501",
                "SIZE | 501",
                "SIZE=1 SIZE=2 | 501",
                "SIZE=123456789012345678901 | 501",
                "BODY=BINARYMIME | 504",
                "BODY=9BIT | 501",
                "SMTPUTF8=yes | 501",
                "ENVID=a=b | 501",
                "ENVID=+zz | 501",
                "RET=SOME | 501",
                "AUTH=<> | 555",
                "FOO | 555",
                "FOO=bar | 555",
                "-X=1 | 501",
                "=1 | 501",
                "MT-PRIORITY=3 | 555",
            })
    void brokenParametersOfMailAreRefused(String parameters, int code) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> MailCommand.parse("FROM:<alice@sender.example> " + parameters, ReceptionAgent.PARAMETERS));
        assertThat(refusal.reply().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY=NEVER,SUCCESS",
                "NOTIFY=",
                "NOTIFY=ALWAYS",
                "NOTIFY=DELAY,DELAY",
                "NOTIFY=DELAY,",
                "ORCPT=rfc822",
                "ORCPT=;x",
                "ORCPT=rfc822;",
                "ORCPT=rfc822;a=b",
                "ORCPT=utf-8;b\u00f6b@example.com",
                "SIZE=3",
                "RRVS=2014-04-03T23:01:00Z",
            })
    void brokenParametersOfRcptAreRefused(String parameters) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> RcptCommand.parse("TO:<bob@example.com> " + parameters, false, OURS, ReceptionAgent.PARAMETERS));
        assertThat(refusal.reply().code()).isIn(501, 555);
    }
}
