package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.api.identity.Chore;
import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecord.Purpose;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.KeyLength;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Verification;
import io.waypost.message.port.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {

    private static final String DOMAIN = "example.com";
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
    }

    private void after(Duration duration) throws InterruptedException {
        setup.clock.forward(duration);
        setup.verifier.round();
    }

    private List<DnsRecord> records(Purpose purpose) {
        return setup.records(DOMAIN).stream()
                .filter(record -> record.purpose() == purpose)
                .toList();
    }

    private void create() throws Exception {
        setup.identities.create(
                Setup.HERE, DOMAIN, new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
    }

    /** A fault that lasts is told once a round, not as fast as a thread can run. */
    @Test
    void roundsThatFailKeepTheirPace() {
        AtomicInteger asked = new AtomicInteger();
        Clock broken = new Clock() {
            @Override
            public Instant instant() {
                asked.incrementAndGet();
                throw new IllegalStateException("no time");
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        try (Verifier verifier =
                new Verifier(setup.book, setup.zone, Setup.HOST, Verification.DNS, HOUR, Chore.NONE, broken)) {
            verifier.start();
            await().until(() -> asked.get() > 0);
            await().during(Duration.ofMillis(500)).until(() -> asked.get() <= 2);
        }
    }

    @Test
    void theTokenAloneVerifiesTheDomain() throws Exception {
        setup.identities.verifyDomain(Setup.HERE, DOMAIN);
        after(Duration.ofSeconds(10));
        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING NOT_STARTED -");

        setup.zone.publish(records(Purpose.OWNERSHIP));
        after(Duration.ofSeconds(10));

        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS NOT_STARTED -");
        assertThat(setup.told).containsExactly("us-east-1 [configured.test, example.com]");
    }

    @Test
    void allThreeKeysVerifyTheDomainAndDkim() throws Exception {
        create();
        List<DnsRecord> keys = records(Purpose.DKIM);
        setup.zone.publish(keys.subList(0, 2));
        after(Duration.ofSeconds(10));
        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING PENDING -");

        setup.zone.publish(keys);
        after(Duration.ofSeconds(10));

        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
    }

    @Test
    void aForeignKeyBelowTheSelectorIsNone() throws Exception {
        create();
        setup.zone.publish(records(Purpose.DKIM));
        setup.zone.txt(records(Purpose.DKIM).getFirst().name(), "v=DKIM1; k=rsa; p=MIIBIjAN");
        after(Duration.ofSeconds(10));

        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING PENDING -");
        assertThat(setup.identity(DOMAIN).dkim().proof().fault().orElseThrow()).hasToString("INVALID_VALUE");
    }

    @Test
    void nothingPublishedFailsAfterThreeDaysAndBeginsAnewWhenAsked() throws Exception {
        create();
        after(Duration.ofHours(71));
        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING PENDING -");
        after(HOUR);
        assertThat(setup.states(DOMAIN)).isEqualTo("FAILED FAILED -");

        setup.zone.publish(setup.records(DOMAIN));
        after(Duration.ofDays(1));
        assertThat(setup.states(DOMAIN)).isEqualTo("FAILED FAILED -");

        List<String> before = setup.identity(DOMAIN).dkim().tokens();
        setup.identities.verifyDkim(Setup.HERE, DOMAIN);
        after(Duration.ofSeconds(10));
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
        assertThat(setup.identity(DOMAIN).dkim().tokens()).isEqualTo(before);
    }

    @Test
    void whoKnowsOnlyTheApiOf2019BeginsAnewWithTheKeys() throws Exception {
        create();
        after(Duration.ofHours(72));
        assertThat(setup.states(DOMAIN)).isEqualTo("FAILED FAILED -");
        setup.zone.publish(records(Purpose.DKIM));

        setup.identities.sign(Setup.HERE, DOMAIN, new DkimWish.Made(Optional.empty()));
        after(Duration.ofSeconds(10));

        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
    }

    @Test
    void whatVanishesCountsForThreeDaysAndMayComeBack() throws Exception {
        create();
        setup.zone.publish(setup.records(DOMAIN));
        after(Duration.ofSeconds(10));
        setup.zone.clear();
        after(Duration.ofHours(12));
        assertThat(setup.states(DOMAIN)).isEqualTo("TEMPORARY_FAILURE TEMPORARY_FAILURE -");
        assertThat(setup.identity(DOMAIN).isVerified()).isTrue();
        assertThat(setup.told).hasSize(1);

        setup.zone.publish(setup.records(DOMAIN));
        after(HOUR);
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");

        setup.zone.clear();
        after(Duration.ofHours(12));
        after(Duration.ofHours(72));
        assertThat(setup.states(DOMAIN)).isEqualTo("FAILED FAILED -");
        assertThat(setup.told).last().isEqualTo("us-east-1 [configured.test]");
    }

    @Test
    void serversThatDoNotAnswerTakeNothingAway() throws Exception {
        create();
        setup.zone.publish(setup.records(DOMAIN));
        after(Duration.ofSeconds(10));
        setup.zone.silent(true);
        for (int day = 0; day < 10; day++) {
            after(Duration.ofDays(1));
        }
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
    }

    @Test
    void mailFromNeedsItsExchangerAndItsSender() throws Exception {
        create();
        setup.identitySettings.mailFrom(Setup.HERE, DOMAIN, Optional.of("bounce.example.com"), Optional.empty());
        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING PENDING PENDING");

        setup.zone.publish(setup.records(DOMAIN));
        after(Duration.ofSeconds(10));
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS SUCCESS");

        setup.zone.remove("bounce.example.com");
        after(Duration.ofHours(12));
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS TEMPORARY_FAILURE");
    }

    @Test
    void whatIsFoundAboutOldKeysSaysNothingAboutNewOnes() throws Exception {
        create();
        Identity old = setup.identity(DOMAIN);
        setup.zone.publish(setup.records(DOMAIN));
        Look.Found found = new DnsLook(setup.zone, Setup.HOST).at(old);
        setup.identities.sign(Setup.HERE, DOMAIN, new DkimWish.Made(Optional.of(KeyLength.RSA_1024_BIT)));

        Identity after = found.in(setup.identity(DOMAIN), setup.clock.instant(), Setup.STAY_PUBLISHED);

        assertThat(after).isEqualTo(setup.identity(DOMAIN));
    }

    @Test
    void theRoundsBackOff() throws Exception {
        create();
        int looks = 0;
        for (int second = 0; second < 73 * 3600; second += 10) {
            setup.zone.questions.clear();
            after(Duration.ofSeconds(10));
            looks += setup.zone.questions.isEmpty() ? 0 : 1;
            assertThat(setup.zone.questions).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(looks).isBetween(80, 130);
        assertThat(setup.states(DOMAIN)).isEqualTo("FAILED FAILED -");
    }

    @Test
    void whoWaitsSeesWhatWasJustPublishedButAsksOnceInThreeSeconds() throws Exception {
        create();
        setup.verifier.now(List.of(setup.identity(DOMAIN)));
        assertThat(setup.zone.questions).hasSize(4);
        setup.zone.publish(setup.records(DOMAIN));

        setup.clock.forward(Duration.ofSeconds(2));
        setup.verifier.now(List.of(setup.identity(DOMAIN), setup.identity(DOMAIN)));
        assertThat(setup.zone.questions).hasSize(4);
        assertThat(setup.states(DOMAIN)).isEqualTo("PENDING PENDING -");

        setup.clock.forward(Duration.ofSeconds(1));
        setup.verifier.now(List.of(setup.identity(DOMAIN), setup.identity(DOMAIN)));
        assertThat(setup.zone.questions).hasSize(8);
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");

        setup.clock.forward(Duration.ofSeconds(10));
        setup.verifier.now(List.of(setup.identity(DOMAIN)));
        assertThat(setup.zone.questions).hasSize(8);
    }

    @Test
    void looksThatFindNothingNewWriteNothing() throws Exception {
        create();
        after(Duration.ofSeconds(10));
        int writes = setup.settings.writes();
        for (int i = 0; i < 5; i++) {
            after(HOUR);
        }
        assertThat(setup.settings.writes()).isEqualTo(writes);
    }

    @Test
    void whatTheFileNamesIsNotLookedFor() throws Exception {
        setup.identities.verifyDomain(Setup.HERE, "configured.test");
        after(HOUR);

        assertThat(setup.zone.questions).isEmpty();
        assertThat(setup.states("configured.test")).isEqualTo("SUCCESS NOT_STARTED -");
    }

    @Test
    void anAddressWhoseOwnerDoesNotAnswerFailsAfterADay() throws Exception {
        setup.identities.verifyAddress(Setup.HERE, "info@example.com");
        after(Duration.ofHours(23));
        assertThat(setup.states("info@example.com")).isEqualTo("PENDING NOT_STARTED -");
        after(HOUR);
        assertThat(setup.states("info@example.com")).isEqualTo("FAILED NOT_STARTED -");
        assertThat(setup.zone.questions).isEmpty();
    }

    @Test
    void atOnceNobodyIsAsked() throws Exception {
        create();
        setup.identities.verifyAddress(Setup.HERE, "info@other.test");
        Setup open = new Setup(folder, Verification.AT_ONCE);
        open.settings.apply(
                setup.settings.list("identity").stream()
                        .<Settings.Change>map(it -> new Settings.Change.Put(it.key(), it.text()))
                        .toList(),
                open.clock.instant());
        open.restart();

        open.verifier.round();

        assertThat(open.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
        assertThat(open.states("info@other.test")).isEqualTo("SUCCESS NOT_STARTED -");
        assertThat(open.zone.questions).isEmpty();
    }

    @Test
    void theThreadGoesRoundUntilItIsClosed() throws Exception {
        create();
        setup.zone.publish(setup.records(DOMAIN));
        setup.verifier.start();
        await().untilAsserted(() -> assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -"));
        setup.verifier.close();
    }
}
