package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.outbound.port.SendingIdentity;
import java.nio.file.Path;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingBookTest {

    private static final EmailAddress NEWS = EmailAddress.of("news@mail.shop.test");

    @TempDir
    Path folder;

    private Setup setup;
    private SendingBook book;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
        book = new SendingBook(setup.book, setup.keys);
        create("shop.test");
    }

    private void create(String name) throws Exception {
        setup.identities.create(
                Setup.HERE, name, new Identities.Wishes(Optional.empty(), Optional.empty(), new TreeMap<>()));
    }

    private void verify() {
        setup.zone.address(Setup.HOST, "192.0.2.10").publish(setup.records("shop.test"));
        setup.verifier.now(List.of(setup.identity("shop.test")));
    }

    private SendingIdentity covering(EmailAddress address) throws Exception {
        return book.covering(Setup.HERE, address).orElseThrow();
    }

    @Test
    void onlyAVerifiedIdentityOfTheScopeSends() throws Exception {
        assertThat(book.covering(Setup.HERE, NEWS)).isEmpty();
        verify();
        SendingIdentity identity = covering(NEWS);
        assertThat(identity.name()).isEqualTo("shop.test");
        assertThat(identity.arn()).isEqualTo("arn:aws:ses:us-east-1:123456789012:identity/shop.test");
        assertThat(book.covering(Setup.ELSEWHERE, NEWS)).isEmpty();
        assertThat(book.covering(new Scope("210987654321", "us-east-1"), NEWS)).isEmpty();
        assertThat(book.covering(Setup.HERE, EmailAddress.of("a@myshop.test"))).isEmpty();
    }

    @Test
    void mailIsSignedByTheFirstKeyOnceItIsPublished() throws Exception {
        assertThat(covering(EmailAddress.of("a@configured.test")).signers()).isEmpty();
        verify();
        var signer = covering(NEWS).signers().getFirst();
        Identity stored = setup.identity("shop.test");
        assertThat(signer.domain().name()).isEqualTo("shop.test");
        assertThat(signer.selector()).isEqualTo(stored.dkim().tokens().getFirst());
        assertThat(covering(NEWS).signers().getFirst().key()).isSameAs(signer.key());
        Signature signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(signer.key());
        assertThat(signing.sign()).hasSize(256);

        setup.identitySettings.dkimEnabled(Setup.HERE, "shop.test", false);
        assertThat(covering(NEWS).signers()).isEmpty();
    }

    @Test
    void settingsOfTheMostSpecificOneCount() throws Exception {
        verify();
        setup.identitySettings.assign(Setup.HERE, "shop.test", Optional.of("events"));
        setup.identitySettings.headers(Setup.HERE, "shop.test", Feedback.Kind.BOUNCE, true);
        setup.identitySettings.mailFrom(
                Setup.HERE, "shop.test", Optional.of("b.shop.test"), Optional.of(MailFrom.OnFailure.REJECT_MESSAGE));
        SendingIdentity domain = covering(NEWS);
        assertThat(domain.configurationSet()).contains("events");
        assertThat(domain.headersInNotifications()).isTrue();
        assertThat(domain.mailFrom()).hasValueSatisfying(mailFrom -> {
            assertThat(mailFrom.domain().name()).isEqualTo("b.shop.test");
            assertThat(mailFrom.ready()).isFalse();
            assertThat(mailFrom.refuseWhenNotReady()).isTrue();
        });
        // Not verified: the domain still counts.
        create("news@mail.shop.test");
        assertThat(covering(NEWS).name()).isEqualTo("shop.test");
        // Verified for itself, it has settings of its own, and is signed as its domain is.
        setup.book.change(
                Setup.HERE,
                new IdentityName("news@mail.shop.test"),
                before -> before.map(
                        it -> it.withOwnership(setup.identity("shop.test").ownership())));
        SendingIdentity address = covering(NEWS);
        assertThat(address.name()).isEqualTo("news@mail.shop.test");
        assertThat(address.configurationSet()).isEmpty();
        assertThat(address.mailFrom()).isEmpty();
        assertThat(address.signers()).isEqualTo(domain.signers()).isNotEmpty();
    }
}
