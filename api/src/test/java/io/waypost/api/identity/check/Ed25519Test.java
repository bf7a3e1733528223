package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecord.Purpose;
import io.waypost.api.identity.Ed25519;
import io.waypost.api.identity.Ed25519Requests;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identities.DkimWish;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.identity.KeyType;
import io.waypost.api.identity.MemorySettings;
import io.waypost.api.identity.RetiredKey;
import io.waypost.api.identity.SendingBook;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.VerificationState;
import io.waypost.message.EmailAddress;
import io.waypost.message.dkim.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Ed25519 key beside the RSA key: when it signs, and what must be published for it. */
class Ed25519Test {

    private static final String DOMAIN = "shop.test";
    private static final IdentityName NAME = new IdentityName(DOMAIN);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Setup setup;
    private SendingBook sending;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(Files.createDirectory(folder.resolve("data")));
        setup.identities.create(Setup.HERE, DOMAIN, nothing());
        publish();
        after(MINUTE);
        sending = new SendingBook(setup.book, setup.keys);
    }

    private static Identities.Wishes nothing() {
        return new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    private void publish() {
        setup.zone.publish(setup.records(DOMAIN));
    }

    private void after(Duration duration) throws InterruptedException {
        setup.clock.forward(duration);
        setup.verifier.round();
    }

    private Ed25519Requests requests() {
        return new Ed25519Requests(
                setup.settings, setup.book, setup.keys, Verification.DNS, Setup.STAY_PUBLISHED, setup.clock);
    }

    private void ask(boolean on) throws IOException {
        Ed25519Requests.ask(setup.settings, Setup.HERE, NAME, on, setup.clock.instant());
        requests().done();
    }

    private void seen() throws Exception {
        ask(true);
        publish();
        after(MINUTE);
    }

    private Dkim dkim() {
        return setup.identity(DOMAIN).dkim();
    }

    private Ed25519 ed25519() {
        return dkim().ed25519().orElseThrow();
    }

    private DkimKey key() {
        return ed25519().current().key();
    }

    /** What signs a mail, in the order of the signatures. */
    private List<String> signers() throws IOException {
        return sending.covering(Setup.HERE, EmailAddress.of("news@" + DOMAIN)).orElseThrow().signers().stream()
                .map(signer -> signer.key().getAlgorithm() + " " + signer.selector())
                .toList();
    }

    private String rsa() {
        return "RSA " + dkim().keys().getFirst().selector();
    }

    private List<DnsRecord> records(Purpose purpose) {
        return setup.records(DOMAIN).stream()
                .filter(record -> record.purpose() == purpose)
                .toList();
    }

    @Test
    void itSignsBesideTheRsaKeyOnceDnsShowsIt() throws Exception {
        ask(true);
        DnsRecord record = records(Purpose.ED25519).getFirst();
        assertThat(record.name()).isEqualTo(key().selector() + "._domainkey." + DOMAIN);
        assertThat(record.value()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
        after(MINUTE);
        assertThat(signers()).containsExactly(rsa());

        setup.zone.txt(record.name(), record.value().replace("k=ed25519; ", ""));
        after(MINUTE);
        assertThat(signers()).as("RFC 6376 3.6.1: no k= means RSA").containsExactly(rsa());

        publish();
        after(MINUTE);
        assertThat(signers()).containsExactly(rsa(), "EdDSA " + key().selector());
        assertThat(setup.states(DOMAIN)).isEqualTo("SUCCESS SUCCESS -");
        assertThat(setup.stored()).contains(setup.identity(DOMAIN));
    }

    @Test
    void itIsSealedAndSignsAsBeforeAfterARestart() throws Exception {
        seen();
        List<SigningKey> before = sending.covering(Setup.HERE, EmailAddress.of("news@" + DOMAIN))
                .orElseThrow()
                .signers();
        String clear = Base64.getEncoder()
                .encodeToString(setup.keys.open(setup.identity(DOMAIN), key()).getEncoded());
        assertThat(setup.settings.list(IdentityText.KIND).getFirst().text())
                .contains(key().publicKey())
                .doesNotContain(clear.substring(clear.length() - 40));

        setup.restart();
        assertThat(new SendingBook(setup.book, setup.keys)
                        .covering(Setup.HERE, EmailAddress.of("news@" + DOMAIN))
                        .orElseThrow()
                        .signers())
                .isEqualTo(before)
                .hasSize(2);

        setup.moveData(Files.createDirectory(folder.resolve("other")));
        assertThatThrownBy(setup::restart).isInstanceOf(IOException.class);
    }

    /** RSA's signature is there, so this one need not stay while its record is away. */
    @Test
    void itSignsNoMoreWhenItsRecordIsGoneAndAgainWhenItIsBack() throws Exception {
        seen();
        setup.zone.silent(true);
        after(Duration.ofHours(12));
        setup.zone.silent(false);
        assertThat(signers()).as("silence proves nothing").hasSize(2);

        setup.zone.remove(records(Purpose.ED25519).getFirst().name());
        after(Duration.ofHours(12));
        assertThat(signers()).containsExactly(rsa());
        assertThat(setup.states(DOMAIN)).as("nothing else suffers").isEqualTo("SUCCESS SUCCESS -");

        publish();
        after(MINUTE);
        assertThat(signers()).hasSize(2);
    }

    @Test
    void oneThatIsNeverPublishedIsGivenUpAndLookedForWhenAskedAgain() throws Exception {
        ask(true);
        for (int hour = 0; hour < 73; hour++) {
            after(Duration.ofHours(1));
        }
        assertThat(ed25519().current().proof().state()).isEqualTo(VerificationState.FAILED);
        DkimKey given = key();
        publish();
        after(Duration.ofHours(12));
        assertThat(signers()).containsExactly(rsa());

        ask(true);
        assertThat(key()).isEqualTo(given);
        after(MINUTE);
        assertThat(signers()).hasSize(2);
    }

    @Test
    void theApisShowNothingOfIt() throws Exception {
        List<String> tokens = dkim().tokens();
        Optional<?> generated = dkim().generatedAt();
        seen();
        assertThat(dkim().tokens()).isEqualTo(tokens);
        assertThat(dkim().wished().tokens()).isEqualTo(tokens);
        assertThat(dkim().generatedAt()).isEqualTo(generated);
        ask(false);
        assertThat(dkim().retired()).hasSize(1);
        assertThat(dkim().tokens()).isEqualTo(tokens);
    }

    @Test
    void takenAwayItSignsAtOnceNoMoreAndItsRecordStaysForAWhile() throws Exception {
        seen();
        DkimKey old = key();
        ask(false);
        assertThat(signers()).containsExactly(rsa());
        assertThat(dkim().ed25519()).isEmpty();
        assertThat(dkim().retired())
                .containsExactly(new RetiredKey(
                        KeyType.ED25519,
                        old.selector(),
                        old.publicKey(),
                        setup.clock.instant().plus(Setup.STAY_PUBLISHED)));
        assertThat(records(Purpose.RETIRED_DKIM)).extracting(DnsRecord::value).containsExactly(old.recordText());
        assertThat(setup.settings.list(IdentityText.KIND).getFirst().text()).doesNotContain(old.sealedPrivateKey());
        setup.restart();
        assertThat(dkim().retired()).hasSize(1);

        after(Setup.STAY_PUBLISHED);
        assertThat(records(Purpose.RETIRED_DKIM)).isEmpty();
    }

    @Test
    void oneThatNeverSignedLeavesNothing() throws Exception {
        ask(true);
        ask(false);
        assertThat(dkim().retired()).isEmpty();
        ask(false);
        assertThat(dkim().ed25519()).isEmpty();
    }

    @Test
    void aRotationRenewsBothAndEachTakesOverWhenItIsSeen() throws Exception {
        seen();
        String firstRsa = rsa();
        DkimKey first = key();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        DnsRecord next = records(Purpose.NEXT_ED25519).getFirst();
        after(MINUTE);
        assertThat(signers()).containsExactly(firstRsa, "EdDSA " + first.selector());

        setup.zone.txt(next.name(), next.value());
        after(MINUTE);
        assertThat(key()).isNotEqualTo(first);
        assertThat(signers()).containsExactly(firstRsa, "EdDSA " + key().selector());
        assertThat(dkim().retired()).extracting(RetiredKey::selector).containsExactly(first.selector());

        publish();
        after(MINUTE);
        assertThat(rsa()).isNotEqualTo(firstRsa);
        assertThat(signers()).containsExactly(rsa(), "EdDSA " + key().selector());
        assertThat(dkim().retired()).extracting(RetiredKey::type).containsExactly(KeyType.ED25519, KeyType.RSA);
    }

    @Test
    void whoRotatesTwiceGetsOneKeyOfEach() throws Exception {
        seen();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        Dkim once = dkim();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        assertThat(dkim()).isEqualTo(once);
    }

    /** The RSA key came, that of Ed25519 is still to come: it need not be made again. */
    @Test
    void aRotationWaitsForTheKeyThatIsToCome() throws Exception {
        seen();
        setup.identities.rotate(Setup.HERE, DOMAIN);
        Ed25519 waiting = ed25519();
        records(Purpose.NEXT_DKIM).forEach(record -> setup.zone.txt(record.name(), record.value()));
        after(MINUTE);
        setup.identities.rotate(Setup.HERE, DOMAIN);
        assertThat(dkim().next()).isPresent();
        assertThat(ed25519().next().map(it -> it.key()))
                .isEqualTo(waiting.next().map(it -> it.key()));
    }

    @Test
    void itStaysWhenTheOperatorBringsAnRsaKey() throws Exception {
        seen();
        DkimKey before = key();
        String brought = Base64.getEncoder()
                .encodeToString(Setup.fewKeys().pair(2048).getPrivate().getEncoded());
        setup.identities.sign(Setup.HERE, DOMAIN, new DkimWish.Brought("mine", brought));
        publish();
        after(MINUTE);
        assertThat(signers()).containsExactly("RSA mine", "EdDSA " + before.selector());
    }

    @Test
    void itNeverSignsAlone() throws Exception {
        seen();
        setup.identitySettings.dkimEnabled(Setup.HERE, DOMAIN, false);
        assertThat(signers()).isEmpty();
        setup.identitySettings.dkimEnabled(Setup.HERE, DOMAIN, true);
        dkim().keys().forEach(key -> setup.zone.remove(key.recordName(NAME)));
        after(Duration.ofHours(12));
        after(Duration.ofHours(73));
        assertThat(dkim().proof().state()).isEqualTo(VerificationState.FAILED);
        assertThat(ed25519().current().proof().state()).isEqualTo(VerificationState.SUCCESS);
        assertThat(signers()).isEmpty();
    }

    @Test
    void whatIsAskedForTwiceIsDoneOnceAndWhatCannotBeDoneIsTakenAway() throws Exception {
        ask(true);
        DkimKey made = key();
        ask(true);
        assertThat(key()).isEqualTo(made);
        assertThat(setup.settings.list(Ed25519Requests.KIND)).isEmpty();

        IdentityName unknown = new IdentityName("other.test");
        Ed25519Requests.ask(setup.settings, Setup.HERE, unknown, true, setup.clock.instant());
        setup.identities.verifyDomain(Setup.HERE, "bare.test");
        IdentityName bare = new IdentityName("bare.test");
        Ed25519Requests.ask(setup.settings, Setup.HERE, bare, true, setup.clock.instant());
        requests().done();
        assertThat(setup.settings.list(Ed25519Requests.KIND)).isEmpty();
        assertThat(setup.book.find(Setup.HERE, unknown)).isEmpty();
        assertThat(setup.identity("bare.test").dkim().ed25519()).isEmpty();
    }

    @Test
    void aRequestWaitsForTheStore() throws Exception {
        Ed25519Requests.ask(setup.settings, Setup.HERE, NAME, true, setup.clock.instant());
        setup.settings.next(MemorySettings.Ending.NOT_WRITTEN);
        assertThatThrownBy(() -> requests().done()).isInstanceOf(IOException.class);
        assertThat(dkim().ed25519()).isEmpty();
        assertThat(setup.settings.list(Ed25519Requests.KIND)).hasSize(1);
        requests().done();
        assertThat(dkim().ed25519()).isPresent();
    }
}
