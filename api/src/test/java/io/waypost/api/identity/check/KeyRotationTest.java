package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecord.Purpose;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.identity.KeyLength;
import io.waypost.api.identity.NextKeys;
import io.waypost.api.identity.RetiredKey;
import io.waypost.api.identity.RotationRequests;
import io.waypost.api.identity.SendingBook;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.VerificationState;
import io.waypost.message.EmailAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one key to the next: which of them signs, by what DNS shows. */
class KeyRotationTest {

    private static final String DOMAIN = "shop.test";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<KeyPair> PAIRS = pairs();

    @TempDir
    Path folder;

    private Setup setup;
    private String first;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
        setup.identities.create(
                Setup.HERE, DOMAIN, new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
        publish();
        after(MINUTE);
        first = selector();
    }

    private void publish() {
        setup.zone.publish(setup.records(DOMAIN));
    }

    private void after(Duration duration) throws InterruptedException {
        setup.clock.forward(duration);
        setup.verifier.round();
    }

    private Dkim dkim() {
        return setup.identity(DOMAIN).dkim();
    }

    /** Below which mail is signed now. */
    private String selector() throws Exception {
        return new SendingBook(setup.book, setup.keys)
                .covering(Setup.HERE, EmailAddress.of("news@" + DOMAIN))
                .orElseThrow()
                .signers()
                .getFirst()
                .selector();
    }

    private List<DnsRecord> records(Purpose purpose) {
        return setup.records(DOMAIN).stream()
                .filter(record -> record.purpose() == purpose)
                .toList();
    }

    private DnsRecord next() {
        return records(Purpose.NEXT_DKIM).getFirst();
    }

    private static String record(String selector) {
        return selector + "._domainkey." + DOMAIN;
    }

    private DkimWish.Brought brought(String selector, int which) {
        return new DkimWish.Brought(
                selector,
                Base64.getEncoder().encodeToString(PAIRS.get(which).getPrivate().getEncoded()));
    }

    private static List<KeyPair> pairs() {
        var source = Setup.fewKeys();
        return List.of(source.pair(2048), source.pair(2048));
    }

    @Test
    void theOldKeySignsUntilDnsShowsTheNewOne() throws Exception {
        setup.identities.rotate(Setup.HERE, DOMAIN);
        assertThat(records(Purpose.NEXT_DKIM)).hasSize(1);
        String second = dkim().nextKeys().getFirst().selector();
        assertThat(second).isNotEqualTo(first);

        after(MINUTE);
        assertThat(selector()).isEqualTo(first);
        setup.zone.txt(
                next().name(), "v=DKIM1; k=rsa; p=" + dkim().keys().getFirst().publicKey());
        after(MINUTE);
        assertThat(selector()).as("another key stands below the new selector").isEqualTo(first);
        setup.zone.silent(true);
        after(MINUTE);
        assertThat(selector()).as("DNS does not answer").isEqualTo(first);
        setup.zone.silent(false);

        publish();
        after(MINUTE);
        assertThat(selector()).isEqualTo(second);
        assertThat(dkim().keys()).as("two remain in reserve").hasSize(3);
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
        assertThat(setup.stored()).contains(setup.identity(DOMAIN));
    }

    @Test
    void theOldRecordIsNeededForAWhileAndItsPrivateKeyNoMore() throws Exception {
        String sealed = dkim().keys().getFirst().sealedPrivateKey();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        publish();
        after(MINUTE);

        assertThat(records(Purpose.RETIRED_DKIM)).extracting(DnsRecord::name).containsExactly(record(first));
        assertThat(dkim().retired())
                .extracting(RetiredKey::publishedUntil)
                .containsExactly(setup.clock.instant().plus(Setup.STAY_PUBLISHED));
        assertThat(dkim().tokens()).hasSize(4).endsWith(first);
        assertThat(setup.settings.list(IdentityText.KIND).getFirst().text()).doesNotContain(sealed);

        after(Setup.STAY_PUBLISHED.minusHours(13));
        assertThat(records(Purpose.RETIRED_DKIM)).hasSize(1);
        after(Duration.ofHours(13));
        assertThat(records(Purpose.RETIRED_DKIM)).isEmpty();
        assertThat(dkim().tokens()).hasSize(3).doesNotContain(first);
    }

    @Test
    void aRotationGoesOnAfterARestart() throws Exception {
        setup.identities.rotate(Setup.HERE, DOMAIN);
        String second = dkim().nextKeys().getFirst().selector();
        setup.restart();
        assertThat(selector()).isEqualTo(first);
        publish();
        after(MINUTE);
        assertThat(selector()).isEqualTo(second);
        setup.restart();
        assertThat(selector()).isEqualTo(second);
        assertThat(records(Purpose.RETIRED_DKIM)).hasSize(1);
    }

    @Test
    void whoAsksTwiceGetsOneKey() throws Exception {
        setup.identities.rotate(Setup.HERE, DOMAIN);
        List<DkimKey> next = dkim().nextKeys();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        setup.identities.sign(Setup.HERE, DOMAIN, new DkimWish.Made(Optional.of(KeyLength.RSA_2048_BIT)));
        assertThat(dkim().nextKeys()).isEqualTo(next);
    }

    @Test
    void aKeyThatNeverComesHarmsNobodyAndMayBeAskedForAnew() throws Exception {
        setup.identities.rotate(Setup.HERE, DOMAIN);
        for (int hour = 0; hour < 73; hour++) {
            after(Duration.ofHours(1));
        }
        assertThat(dkim().next().map(NextKeys::proof).map(proof -> proof.state()))
                .contains(VerificationState.FAILED);
        assertThat(selector()).isEqualTo(first);
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");

        setup.identities.rotate(Setup.HERE, DOMAIN);
        publish();
        after(MINUTE);
        assertThat(selector()).isNotEqualTo(first);
    }

    @Test
    void aKeyThatIsBroughtTakesOverOnlyWhenDnsHasIt() throws Exception {
        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine", 0));
        after(MINUTE);
        assertThat(selector()).isEqualTo(first);
        publish();
        after(MINUTE);
        assertThat(selector()).isEqualTo("mine");
        assertThat(dkim().origin()).isEqualTo(Dkim.Origin.EXTERNAL);
        assertThat(records(Purpose.DKIM)).hasSize(1);
        assertThat(records(Purpose.RETIRED_DKIM))
                .as("the reserve signed nothing")
                .extracting(DnsRecord::name)
                .containsExactly(record(first));

        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine2", 1));
        after(MINUTE);
        assertThat(selector()).isEqualTo("mine");
        publish();
        after(MINUTE);
        assertThat(selector()).isEqualTo("mine2");
    }

    @Test
    void anotherKeyBelowTheSameSelectorSignsFromWhenItsRecordIsThere() throws Exception {
        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine", 0));
        publish();
        after(MINUTE);
        String before = dkim().keys().getFirst().publicKey();
        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine", 1));
        after(MINUTE);
        assertThat(dkim().keys().getFirst().publicKey()).isEqualTo(before);
        setup.zone.txt(next().name(), next().value());
        after(MINUTE);
        assertThat(dkim().keys().getFirst().publicKey()).isNotEqualTo(before);
        assertThat(records(Purpose.RETIRED_DKIM))
                .extracting(DnsRecord::name)
                .as("one record a selector")
                .doesNotContain(record("mine"));
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
    }

    @Test
    void whoeverChangesHisMindKeepsTheKeyThatSigns() throws Exception {
        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine", 0));
        setup.identities.sign(Setup.HERE, DOMAIN, new DkimWish.Made(Optional.empty()));
        assertThat(dkim().next()).isEmpty();
        assertThat(selector()).isEqualTo(first);
    }

    /** Nothing is signed with a key that DNS does not show, where it shows another. */
    @Test
    void aReserveTakesOverWhereTheRecordOfTheFirstIsGone() throws Exception {
        String reserve = dkim().tokens().get(1);
        setup.zone.silent(true);
        after(Duration.ofHours(12));
        assertThat(selector()).as("silence proves nothing").isEqualTo(first);
        setup.zone.silent(false);
        setup.zone.remove(record(first));
        after(Duration.ofHours(12));
        assertThat(selector()).isEqualTo(reserve);
        assertThat(dkim().tokens()).as("all are still asked for").hasSize(3).contains(first);

        setup.zone.clear();
        after(MINUTE);
        assertThat(selector()).as("where it shows none, all stays").isEqualTo(reserve);
    }

    @Test
    void theNextKeySignsAlsoWhereTheOldRecordWasTakenAwayFirst() throws Exception {
        setup.identities.rotate(Setup.HERE, DOMAIN);
        publish();
        records(Purpose.DKIM).forEach(record -> setup.zone.remove(record.name()));
        String second = dkim().nextKeys().getFirst().selector();
        after(MINUTE);
        assertThat(selector()).isEqualTo(second);
    }

    @Test
    void theServerDoesWhatTheCommandLineAskedForOnce() throws Exception {
        RotationRequests requests = requests();
        IdentityName name = new IdentityName(DOMAIN);
        setup.clock.forward(MINUTE);
        RotationRequests.ask(setup.settings, Setup.HERE, name, setup.clock.instant());
        var asked = setup.settings.list(RotationRequests.KIND).getFirst();
        requests.done();
        assertThat(setup.settings.list(RotationRequests.KIND)).isEmpty();
        publish();
        after(MINUTE);
        String second = selector();
        assertThat(second).isNotEqualTo(first);

        // As if it had died before the request was taken away.
        RotationRequests.ask(setup.settings, Setup.HERE, name, Instant.parse(asked.text()));
        setup.restart();
        requests().done();
        assertThat(dkim().next()).isEmpty();
        assertThat(setup.settings.list(RotationRequests.KIND)).isEmpty();
    }

    @Test
    void aRequestForWhatIsNotThereIsTakenAway() throws Exception {
        RotationRequests.ask(setup.settings, Setup.HERE, new IdentityName("other.test"), setup.clock.instant());
        requests().done();
        assertThat(setup.settings.list(RotationRequests.KIND)).isEmpty();
    }

    private RotationRequests requests() {
        return new RotationRequests(setup.settings, setup.book, setup.identities, setup.clock);
    }

    @Test
    void onlyKeysThatAreMadeHereAreRotated() throws Exception {
        setup.identities.verifyDomain(Setup.HERE, "bare.test");
        assertThatThrownBy(() -> setup.identities.rotate(Setup.HERE, "bare.test"))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("it has none");
        setup.identities.sign(Setup.HERE, DOMAIN, brought("mine", 0));
        publish();
        after(MINUTE);
        assertThatThrownBy(() -> setup.identities.rotate(Setup.HERE, DOMAIN))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("bring the next one");
    }
}
