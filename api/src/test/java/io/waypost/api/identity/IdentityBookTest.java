package io.waypost.api.identity;

import static io.waypost.api.identity.Setup.ELSEWHERE;
import static io.waypost.api.identity.Setup.HERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.message.port.Settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityBookTest {

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder, Verification.AT_ONCE);
    }

    private void create(String name) throws Exception {
        create(HERE, name);
    }

    private void create(Scope scope, String name) throws Exception {
        setup.identities.create(
                scope, name, new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
    }

    private List<String> covering(String address) {
        return setup.book.covering(HERE, EmailAddress.of(address)).stream()
                .map(identity -> identity.name().text())
                .toList();
    }

    @Test
    void aRestartKeepsEverythingAndTheKeysSignAsBefore() throws Exception {
        create("example.com");
        setup.identitySettings.mailFrom(
                HERE, "example.com", Optional.of("b.example.com"), Optional.of(MailFrom.OnFailure.REJECT_MESSAGE));
        setup.identitySettings.topic(HERE, "example.com", Feedback.Kind.BOUNCE, Optional.of(Setup.TOPIC));
        setup.identitySettings.headers(HERE, "example.com", Feedback.Kind.COMPLAINT, true);
        setup.identitySettings.forwarding(HERE, "example.com", false);
        setup.identitySettings.assign(HERE, "example.com", Optional.of("events"));
        setup.identitySettings.tags(HERE, "example.com", tags -> tags.put("team", "post"));
        create("info@example.com");
        Identity before = setup.identity("example.com");
        PrivateKey key = setup.keys.open(before, before.dkim().keys().getFirst());

        setup.restart();

        assertThat(setup.identity("example.com")).isEqualTo(before);
        Identity after = setup.identity("example.com");
        assertThat(setup.keys.open(after, after.dkim().keys().getFirst())).isEqualTo(key);
        assertThat(setup.book.list(HERE)).hasSize(3);
    }

    @Test
    void theStoreHasNoPrivateKeyInTheClear() throws Exception {
        create("example.com");
        Identity identity = setup.identity("example.com");
        DkimKey key = identity.dkim().keys().getFirst();
        String clear = Base64.getEncoder()
                .encodeToString(setup.keys.open(identity, key).getEncoded());

        String stored = setup.settings.list(IdentityText.KIND).getFirst().text();

        assertThat(stored).contains(key.publicKey()).doesNotContain(clear.substring(40, 80));
        assertThat(identity.toString()).doesNotContain(key.sealedPrivateKey());
    }

    @Test
    void anotherMasterKeyIsNamedAtTheStart() throws Exception {
        create("example.com");
        Setup elsewhere = new Setup(other, Verification.AT_ONCE);
        elsewhere.identities.verifyDkim(HERE, "other.test");
        setup.moveData(other);

        assertThatThrownBy(() -> setup.restart())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dkim-key 123456789012/us-east-1 example.com")
                .hasMessageContaining("master.key");
    }

    @Test
    void aKeyThatWasPutInAnothersPlaceDoesNotOpen() throws Exception {
        create("example.com");
        create("example.net");
        Setting one = setup.settings.list(IdentityText.KIND).get(0);
        Setting two = setup.settings.list(IdentityText.KIND).get(1);
        setup.settings.apply(List.of(new Change.Put(one.key(), two.text())), setup.clock.instant());

        assertThatThrownBy(() -> setup.restart()).hasMessageContaining("sealed for something else");
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        create("example.com");
        var key = setup.settings.list(IdentityText.KIND).getFirst().key();
        for (String text : List.of("", "{", "[]", "{}", "null", "{\"created\":\"yesterday\"}")) {
            setup.settings.apply(List.of(new Change.Put(key, text)), setup.clock.instant());

            assertThatThrownBy(() -> setup.restart())
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the stored identity example.com of 123456789012/us-east-1 cannot be read");
        }
    }

    @Test
    void theMostSpecificIdentityComesFirst() throws Exception {
        create("example.com");
        create("a.example.com");
        create("Info@a.example.com");

        assertThat(covering("Info@a.example.com"))
                .containsExactly("Info@a.example.com", "a.example.com", "example.com");
        assertThat(covering("Info+x@A.example.com"))
                .containsExactly("Info@a.example.com", "a.example.com", "example.com");
        assertThat(covering("info@a.example.com")).containsExactly("a.example.com", "example.com");
        assertThat(covering("x@b.example.com")).containsExactly("example.com");
        assertThat(covering("x@notexample.com")).isEmpty();
        assertThat(setup.book.isVerified(HERE, EmailAddress.of("x@b.c.example.com")))
                .isTrue();
        assertThat(setup.book.isVerified(ELSEWHERE, EmailAddress.of("x@example.com")))
                .isFalse();
    }

    @Test
    void aPendingIdentityDoesNotHideThatItsDomainIsVerified() throws Exception {
        create("example.com");
        setup.book.change(
                HERE,
                new IdentityName("info@example.com"),
                _ -> Optional.of(Identity.fresh(HERE, new IdentityName("info@example.com"), setup.clock.instant())));

        assertThat(setup.book.isVerified(HERE, EmailAddress.of("info@example.com")))
                .isTrue();
    }

    @Test
    void domainsOfTheFileAreVerifiedForTheirAccountInEveryRegion() throws Exception {
        Scope stranger = new Scope("210987654321", "us-east-1");

        assertThat(setup.book.verifiedDomains(HERE)).containsExactly(new Domain("configured.test"));
        assertThat(setup.book.verifiedDomains(ELSEWHERE)).containsExactly(new Domain("configured.test"));
        assertThat(setup.book.verifiedDomains(stranger)).isEmpty();
        assertThat(setup.book.scopes()).isEmpty();
        assertThat(setup.book.isVerified(HERE, EmailAddress.of("a@b.configured.test")))
                .isTrue();
    }

    @Test
    void whatTheFileNoLongerNamesMustBeProved() throws Exception {
        Setup proving = new Setup(folder);
        proving.identities.verifyDomain(HERE, "configured.test");
        proving.restart(List.of());

        assertThat(proving.identity("configured.test").isVerified()).isFalse();
        assertThat(proving.identity("configured.test").state()).isEqualTo(VerificationState.NOT_STARTED);
        proving.identities.verifyDomain(HERE, "configured.test");
        assertThat(proving.identity("configured.test").state()).isEqualTo(VerificationState.PENDING);
    }

    @Test
    void theListenerHearsOfDomainsOnly() throws Exception {
        create("info@example.com");
        create("b.test");
        create("a.test");
        setup.identitySettings.forwarding(HERE, "a.test", false);
        create(ELSEWHERE, "a.test");
        setup.identities.delete(HERE, new IdentityName("b.test"));
        setup.identities.delete(HERE, new IdentityName("b.test"));
        setup.identities.verifyDkim(HERE, "configured.test");

        assertThat(setup.told)
                .containsExactly(
                        "us-east-1 [b.test, configured.test]",
                        "us-east-1 [a.test, b.test, configured.test]",
                        "eu-west-1 [a.test, configured.test]",
                        "us-east-1 [a.test, configured.test]");
    }

    @Test
    void aFailedWriteChangesNothing() throws Exception {
        create("example.com");
        setup.told.clear();
        setup.settings.next(MemorySettings.Ending.NOT_WRITTEN);

        assertThatThrownBy(() -> setup.identities.delete(HERE, new IdentityName("example.com")))
                .isInstanceOf(IOException.class);

        assertThat(setup.identity("example.com").isVerified()).isTrue();
        create("next.test");
        assertThat(setup.told).containsExactly("us-east-1 [configured.test, example.com, next.test]");
    }

    @Test
    void aWriteOfWhichNobodyKnowsIsLookedUpBeforeTheNext() throws Exception {
        create("example.com");
        setup.told.clear();
        setup.settings.next(MemorySettings.Ending.WRITTEN_BUT_NOT_KNOWN);
        assertThatThrownBy(() -> setup.identities.delete(HERE, new IdentityName("example.com")))
                .isInstanceOf(IOException.class);

        create("next.test");

        assertThat(setup.book.find(HERE, new IdentityName("example.com"))).isEmpty();
        assertThat(setup.told).containsExactly("us-east-1 [configured.test]", "us-east-1 [configured.test, next.test]");
    }

    @Test
    void manyAtOnceLeaveMemoryAsTheStoreIsAndNobodyWithoutKeys() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                int what = i % 4;
                threads.submit(() -> {
                    switch (what) {
                        case 0 -> setup.identities.delete(HERE, new IdentityName("a.test"));
                        case 1 -> setup.identities.sign(HERE, "a.test", new Identities.DkimWish.Made(Optional.empty()));
                        case 2 -> setup.verifier.now(setup.book.all());
                        default -> setup.identities.verifyDkim(HERE, "a.test");
                    }
                    return null;
                });
            }
        }
        setup.identities.verifyDkim(HERE, "a.test");

        assertThat(setup.identity("a.test").dkim().tokens()).hasSize(3);
        assertThat(setup.stored()).containsExactly(setup.identity("a.test"));
        List<Identity> memory = setup.book.list(HERE);
        setup.restart();
        assertThat(setup.book.list(HERE)).isEqualTo(memory);
    }

    @Test
    void thereIsALimit() throws Exception {
        List<Change> changes = new ArrayList<>();
        Identity one = Identity.fresh(HERE, new IdentityName("x.test"), setup.clock.instant());
        for (int i = 0; i < Identities.MOST - 1; i++) {
            changes.add(new Change.Put(new Key(HERE, IdentityText.KIND, "d" + i + ".test"), IdentityText.write(one)));
        }
        setup.settings.apply(changes, setup.clock.instant());
        setup.restart();

        for (String name : List.of("more.test", "info@more.test")) {
            assertThatThrownBy(() -> create(name))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.error()).isEqualTo("LimitExceededException"));
        }
        assertThatThrownBy(() -> setup.identities.verifyDkim(HERE, "more.test")).isInstanceOf(ServiceException.class);
        setup.identities.verifyDomain(HERE, "d7.test");
        create(ELSEWHERE, "more.test");
    }
}
