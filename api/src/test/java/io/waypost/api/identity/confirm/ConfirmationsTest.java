package io.waypost.api.identity.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.identity.MemorySettings;
import io.waypost.api.identity.Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationsTest {

    private static final Pattern LINK =
            Pattern.compile("\r\nhttps://mail\\.host\\.test/verify\\?(token=[A-Za-z0-9_-]{43})\r\n");
    private static final String ADDRESS = "Info@example.com";

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
    }

    private String ask() throws Exception {
        setup.identities.verifyAddress(Setup.HERE, ADDRESS);
        return link();
    }

    private String link() {
        Matcher link = LINK.matcher(setup.sent.getLast().text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private WireResponse get(String query) {
        return request("GET", query, "");
    }

    private WireResponse post(String body) {
        return request("POST", "", body);
    }

    private WireResponse request(String method, String query, String body) {
        return new ConfirmationPage(setup.confirmations)
                .answer(new WireRequest(method, "/verify", query, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private String state() {
        return setup.identity(ADDRESS).state().name();
    }

    @Test
    void theMailSaysWhoAsksAndWhatForAndIsSound() throws Exception {
        ask();

        String mail = setup.sent.getFirst().text();
        assertThat(setup.sent.getFirst().to()).hasToString(ADDRESS);
        assertThat(mail)
                .startsWith("From: \"Address verification\" <no-reply@mail.host.test>\r\nTo: <Info@example.com>\r\n")
                .contains("\r\nDate: Sun, 1 Mar 2026 12:00:00 +0000\r\n")
                .contains("\r\nAuto-Submitted: auto-generated\r\n")
                .contains("Account 123456789012 (us-east-1)");
        assertThat(mail.lines()).allMatch(line -> line.length() <= 100);
        assertThat(mail.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(mail.chars()).allMatch(c -> c < 0x7f);
    }

    @Test
    void theLinkShowsAPageAndItsButtonConfirms() throws Exception {
        String token = ask();

        WireResponse page = get(token);
        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page))
                .contains("Info@example.com", "123456789012", "method=\"post\"", token.substring("token=".length()));
        assertThat(page.headers())
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Referrer-Policy", "no-referrer")
                .hasEntrySatisfying("Content-Security-Policy", policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'"));
        assertThat(get(token).status()).isEqualTo(200);
        assertThat(state()).isEqualTo("PENDING");

        WireResponse thanks = post(token);
        assertThat(thanks.status()).isEqualTo(200);
        assertThat(text(thanks)).contains("Info@example.com may now be used by account 123456789012");
        assertThat(state()).isEqualTo("SUCCESS");
    }

    @Test
    void aLinkWorksOnce() throws Exception {
        String token = ask();
        post(token);

        assertThat(post(token).status()).isEqualTo(404);
        assertThat(get(token).status()).isEqualTo(404);
        assertThat(state()).isEqualTo("SUCCESS");
    }

    @Test
    void aLinkIsGoodForADay() throws Exception {
        String token = ask();
        setup.clock.forward(Duration.ofHours(24).minusSeconds(1));
        assertThat(get(token).status()).isEqualTo(200);
        setup.clock.forward(Duration.ofSeconds(1));

        assertThat(get(token).status()).isEqualTo(404);
        assertThat(post(token).status()).isEqualTo(404);
        assertThat(state()).isEqualTo("PENDING");
    }

    @Test
    void aNewLinkEndsTheOldOne() throws Exception {
        String old = ask();
        setup.clock.forward(Confirmations.BETWEEN_MAILS);
        String latest = ask();

        assertThat(latest).isNotEqualTo(old);
        assertThat(post(old).status()).isEqualTo(404);
        assertThat(post(latest).status()).isEqualTo(200);
    }

    @Test
    void aLinkOfWhatWasDeletedIsNone() throws Exception {
        String token = ask();
        setup.identities.delete(Setup.HERE, new IdentityName(ADDRESS));

        assertThat(post(token).status()).isEqualTo(404);
        assertThat(setup.book.find(Setup.HERE, new IdentityName(ADDRESS))).isEmpty();
    }

    @Test
    void aLinkOutlivesARestartThoughTheStoreDoesNotKnowIt() throws Exception {
        String token = ask();
        assertThat(setup.settings.list(IdentityText.KIND).getFirst().text())
                .doesNotContain(token.substring("token=".length()));
        setup.restart();

        assertThat(post(token).status()).isEqualTo(200);
    }

    @Test
    void nobodysMailboxIsFilled() throws Exception {
        for (int i = 0; i < 20; i++) {
            setup.identities.verifyAddress(Setup.HERE, ADDRESS);
            setup.clock.forward(Duration.ofSeconds(1));
        }
        assertThat(setup.sent).hasSize(1);
        setup.clock.forward(Confirmations.BETWEEN_MAILS);
        setup.identities.verifyAddress(Setup.HERE, ADDRESS);
        assertThat(setup.sent).hasSize(2);
        post(link());
        setup.clock.forward(Confirmations.BETWEEN_MAILS);
        setup.identities.verifyAddress(Setup.HERE, ADDRESS);
        assertThat(setup.sent).hasSize(2);
    }

    @Test
    void whoseAddressFailedIsAskedAgain() throws Exception {
        ask();
        setup.clock.forward(Duration.ofDays(2));
        setup.verifier.now(setup.book.all());
        assertThat(state()).isEqualTo("FAILED");

        assertThat(post(ask()).status()).isEqualTo(200);
        assertThat(state()).isEqualTo("SUCCESS");
    }

    @Test
    void theSameAddressInAnotherRegionIsAnotherIdentity() throws Exception {
        String here = ask();
        setup.identities.verifyAddress(Setup.ELSEWHERE, ADDRESS);
        post(here);

        assertThat(state()).isEqualTo("SUCCESS");
        assertThat(setup.book
                        .find(Setup.ELSEWHERE, new IdentityName(ADDRESS))
                        .orElseThrow()
                        .isVerified())
                .isFalse();
    }

    @Test
    void aStoreThatFailsIsSaid() throws Exception {
        String token = ask();
        setup.settings.next(MemorySettings.Ending.NOT_WRITTEN);

        assertThat(post(token).status()).isEqualTo(503);
        assertThat(state()).isEqualTo("PENDING");
        assertThat(post(token).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token=",
                "token=short",
                "token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&token=x",
                "token=%3Cscript%3E",
                "other=1",
                "token=<b>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoTokenIsNotFound(String text) throws Exception {
        ask();

        assertThat(get(text).status()).isEqualTo(404);
        assertThat(post(text).status()).isEqualTo(404);
        assertThat(text(get(text))).doesNotContain("<b>", "script");
        assertThat(post("token=" + "A".repeat(1_000_000)).status()).isEqualTo(404);
        assertThat(request("HEAD", text, "").status()).isEqualTo(405);
        assertThat(request("PUT", text, text).headers()).containsEntry("Allow", "GET, POST");
        assertThat(state()).isEqualTo("PENDING");
    }
}
