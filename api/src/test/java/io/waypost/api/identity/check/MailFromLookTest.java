package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.identity.Finding;
import io.waypost.api.identity.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailFromLookTest {

    private static final String HOST = "mail.host.test";
    private static final String DOMAIN = "bounce.example.com";

    private static Zone zone() {
        return new Zone().address(HOST, "192.0.2.10").address(HOST, "2001:db8::10");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "what SES asks for,                v=spf1 include:mail.host.test ~all,          PRESENT",
        "RFC 7208 4.6.1: any case,         V=SPF1 INCLUDE:Mail.Host.Test -ALL,          PRESENT",
        "RFC 7208 4.6.2: a plus,           v=spf1 +include:mail.host.test -all,         PRESENT",
        "the host,                         v=spf1 a:mail.host.test -all,                PRESENT",
        "its exchanger,                    v=spf1 mx -all,                              PRESENT",
        "its exchanger by name,            v=spf1 mx:bounce.example.com -all,           PRESENT",
        "RFC 7208 6.1: redirect,           v=spf1 redirect=mail.host.test,              PRESENT",
        "an address of the host,           v=spf1 ip4:192.0.2.10 -all,                  PRESENT",
        "a range,                          v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/24, PRESENT",
        "IPv6,                             v=spf1 ip6:2001:db8::/32 -all,               PRESENT",
        "everybody,                        v=spf1 +all,                                 PRESENT",
        "nobody,                           v=spf1 -all,                                 INVALID_VALUE",
        "the record alone,                 v=spf1,                                      INVALID_VALUE",
        "somebody else,                    v=spf1 include:amazonses.com ~all,           INVALID_VALUE",
        "a name that only begins like it,  v=spf1 include:mail.host.test.evil.example,  INVALID_VALUE",
        "RFC 7208 4.6.2: soft failure,     v=spf1 ~include:mail.host.test -all,         INVALID_VALUE",
        "another range,                    v=spf1 ip4:198.51.100.0/24 -all,             INVALID_VALUE",
        "no range,                         v=spf1 ip4:999.1.1.1 ip4: ip6:zz -all,       INVALID_VALUE",
        "RFC 7208 4.5: another version,    v=spf10 mx,                                  INVALID_VALUE",
        "another text,                     google-site-verification=1,                  INVALID_VALUE"
    })
    void senders(String why, String record, Finding finding) {
        Zone zone = zone().mx(DOMAIN, HOST).txt(DOMAIN, record);

        assertThat(new MailFromLook(zone, HOST).at(DOMAIN)).isEqualTo(finding);
        assertThat(zone.questions.size()).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "this host             | mail.host.test            | PRESENT",
                "another               | mx.example.com            | INVALID_VALUE",
                "this and another      | mail.host.test,mx.a.test  | INVALID_VALUE"
            })
    void exchangers(String why, String exchanges, Finding finding) {
        Zone zone = zone().mx(DOMAIN, exchanges.split(",")).txt(DOMAIN, "v=spf1 mx -all");

        assertThat(new MailFromLook(zone, "Mail.Host.Test").at(DOMAIN)).isEqualTo(finding);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(new MailFromLook(zone(), HOST).at(DOMAIN)).isEqualTo(Finding.HOST_NOT_FOUND);
        assertThat(new MailFromLook(zone().txt(DOMAIN, "v=spf1 mx"), HOST).at(DOMAIN))
                .isEqualTo(Finding.TYPE_NOT_FOUND);
        assertThat(new MailFromLook(zone().mx(DOMAIN, HOST), HOST).at(DOMAIN)).isEqualTo(Finding.TYPE_NOT_FOUND);
        Zone two = zone().mx(DOMAIN, HOST).txt(DOMAIN, "v=spf1 mx", "v=spf1 include:mail.host.test");
        assertThat(new MailFromLook(two, HOST).at(DOMAIN)).isEqualTo(Finding.INVALID_VALUE);
        Zone silent = zone();
        silent.silent(true);
        assertThat(new MailFromLook(silent, HOST).at(DOMAIN)).isEqualTo(Finding.DNS_SERVER_ERROR);
    }
}
