package io.waypost.api.identity.v2;

import static io.waypost.api.aws.Operations.Api.SES;
import static io.waypost.api.aws.Operations.Api.SESV2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.v1.VerificationOperations.DomainName;
import io.waypost.api.identity.v1.VerificationOperations.Token;
import io.waypost.api.identity.v2.AttributeOperations.PutConfigurationSet;
import io.waypost.api.identity.v2.AttributeOperations.PutDkim;
import io.waypost.api.identity.v2.AttributeOperations.PutFeedback;
import io.waypost.api.identity.v2.AttributeOperations.PutMailFrom;
import io.waypost.api.identity.v2.AttributeOperations.PutSigning;
import io.waypost.api.identity.v2.AttributeOperations.Signing;
import io.waypost.api.identity.v2.EmailIdentityOperations.Create;
import io.waypost.api.identity.v2.EmailIdentityOperations.Created;
import io.waypost.api.identity.v2.EmailIdentityOperations.IdentityInfo;
import io.waypost.api.identity.v2.EmailIdentityOperations.ListRequest;
import io.waypost.api.identity.v2.EmailIdentityOperations.Listed;
import io.waypost.api.identity.v2.EmailIdentityOperations.MailFromAttributes;
import io.waypost.api.identity.v2.EmailIdentityOperations.Named;
import io.waypost.api.identity.v2.EmailIdentityOperations.Shown;
import io.waypost.api.identity.v2.EmailIdentityOperations.VerificationInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of the API of 2019, asked and answered. */
class V2OperationsTest {

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
    }

    private Created create(String name) throws Exception {
        return (Created) setup.call(SESV2, "CreateEmailIdentity", new Create(name, null, null, null));
    }

    private Shown show(String name) throws Exception {
        return (Shown) setup.call(SESV2, "GetEmailIdentity", new Named(name));
    }

    private Signing sign(String origin, DkimSigningAttributes attributes) throws Exception {
        return (Signing) setup.call(
                SESV2, "PutEmailIdentityDkimSigningAttributes", new PutSigning("example.com", origin, attributes));
    }

    private static DkimSigningAttributes brought(String selector, String key) {
        return new DkimSigningAttributes(selector, key, null, null);
    }

    @Test
    void aDomainIsCreatedShownAndVerifiedByItsKeys() throws Exception {
        Created created = create("Example.com");
        assertThat(created.identityType()).isEqualTo("DOMAIN");
        assertThat(created.verifiedForSendingStatus()).isFalse();
        DkimAttributes dkim = created.dkimAttributes();
        assertThat(dkim)
                .isEqualTo(new DkimAttributes(
                        true,
                        "NOT_STARTED",
                        dkim.tokens(),
                        "dkim.mail.host.test",
                        "AWS_SES",
                        "RSA_2048_BIT",
                        "RSA_2048_BIT",
                        setup.clock.instant()));
        assertThat(dkim.tokens()).hasSize(3);

        Shown pending = show("example.com");
        assertThat(pending.verificationStatus()).isEqualTo("PENDING");
        assertThat(pending.dkimAttributes().status()).isEqualTo("PENDING");
        assertThat(pending.verificationInfo())
                .isEqualTo(new VerificationInfo(setup.clock.instant(), null, "HOST_NOT_FOUND"));

        setup.zone.publish(setup.records("example.com"));
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(show("example.com"))
                .isEqualTo(new Shown(
                        "DOMAIN",
                        true,
                        true,
                        new DkimAttributes(
                                true,
                                "SUCCESS",
                                dkim.tokens(),
                                "dkim.mail.host.test",
                                "AWS_SES",
                                "RSA_2048_BIT",
                                "RSA_2048_BIT",
                                dkim.lastKeyGenerationTimestamp()),
                        new MailFromAttributes(null, null, "USE_DEFAULT_VALUE"),
                        Map.of(),
                        List.of(),
                        null,
                        "SUCCESS",
                        new VerificationInfo(setup.clock.instant(), setup.clock.instant(), null)));
    }

    @Test
    void anAddressIsCreatedAndAsked() throws Exception {
        Created created = (Created) setup.call(
                SESV2,
                "CreateEmailIdentity",
                new Create("Info@example.com", List.of(new Tag("b", "2"), new Tag("a", "1")), null, "events"));

        assertThat(created)
                .isEqualTo(new Created(
                        "EMAIL_ADDRESS",
                        false,
                        new DkimAttributes(false, "NOT_STARTED", List.of(), null, "AWS_SES", null, null, null)));
        assertThat(setup.sent).hasSize(1);
        Shown shown = show("Info@example.com");
        assertThat(shown.tags()).containsExactly(new Tag("a", "1"), new Tag("b", "2"));
        assertThat(shown.configurationSetName()).isEqualTo("events");
        assertThat(shown.verificationStatus()).isEqualTo("PENDING");
    }

    @Test
    void whatCannotBeCreatedLeavesNothing() throws Exception {
        create("example.com");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("example.com", null, null, null)))
                .isEqualTo("AlreadyExistsException: Email identity example.com already exist.");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("configured.test", null, null, null)))
                .isEqualTo("AlreadyExistsException: Email identity configured.test already exist.");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("x", null, null, null)))
                .isEqualTo("BadRequestException: Invalid domain name <x>.");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("a@x", null, null, null)))
                .isEqualTo("BadRequestException: Invalid email address<a@x>.");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("x.test", null, null, "nothing")))
                .isEqualTo("NotFoundException: Configuration set <nothing> does not exist.");
        assertThat(setup.refusal(
                        SESV2, "CreateEmailIdentity", new Create("x.test", List.of(new Tag("aws:x", "")), null, null)))
                .isEqualTo("BadRequestException: Caller is an end user and not allowed to mutate system tags");
        assertThat(setup.refusal(
                        SESV2, "CreateEmailIdentity", new Create("a@x.test", null, brought("s", "AAAA"), null)))
                .isEqualTo("BadRequestException: DKIM signing attributes can be given only for a domain.");
        assertThat(setup.refusal(SESV2, "CreateEmailIdentity", new Create("x.test", null, brought("s", "AAAA"), null)))
                .isEqualTo("BadRequestException: The DomainSigningPrivateKey is not the base64 of an RSA private key"
                        + " of 1024 to 4096 bits.");

        assertThat(setup.stored()).hasSize(1);
        assertThat(setup.sent).isEmpty();
    }

    @Test
    void anAddressWhoseMailCannotBeSentMayBeAskedAgainAtOnce() throws Exception {
        setup.submissionFails = true;
        assertThatThrownBy(() -> create("info@example.com")).isInstanceOf(IOException.class);
        setup.submissionFails = false;

        setup.identities.verifyAddress(Setup.HERE, "info@example.com");

        assertThat(setup.sent).hasSize(1);
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        create("example.com");

        assertThat(setup.call(SESV2, "DeleteEmailIdentity", new Named("EXAMPLE.com")))
                .isEqualTo(new Nothing());

        String gone = "NotFoundException: Email identity example.com does not exist.";
        assertThat(setup.refusal(SESV2, "DeleteEmailIdentity", new Named("example.com")))
                .isEqualTo(gone);
        assertThat(setup.refusal(SESV2, "GetEmailIdentity", new Named("example.com")))
                .isEqualTo(gone);
        assertThat(setup.refusal(SESV2, "GetEmailIdentity", new Named("no name")))
                .isEqualTo("NotFoundException: Email identity no name does not exist.");
        assertThat(setup.refusal(SESV2, "DeleteEmailIdentity", new Named("configured.test")))
                .startsWith("BadRequestException: Identity configured.test stands in the server's configuration");
    }

    @Test
    void identitiesAreListedPageByPage() throws Exception {
        create("a.test");
        create("x@a.test");

        Listed first = (Listed) setup.call(SESV2, "ListEmailIdentities", new ListRequest(null, 2));
        assertThat(first.emailIdentities())
                .containsExactly(
                        new IdentityInfo("DOMAIN", "a.test", false, "PENDING"),
                        new IdentityInfo("DOMAIN", "configured.test", true, "SUCCESS"));
        assertThat(setup.call(SESV2, "ListEmailIdentities", new ListRequest(first.nextToken(), null)))
                .isEqualTo(new Listed(List.of(new IdentityInfo("EMAIL_ADDRESS", "x@a.test", false, "PENDING")), null));
        assertThat(setup.refusal(SESV2, "ListEmailIdentities", new ListRequest("zzz", null)))
                .isEqualTo("BadRequestException: Invalid NextToken <zzz>.");
        assertThat(setup.refusal(SESV2, "ListEmailIdentities", new ListRequest(null, 1_001)))
                .isEqualTo("BadRequestException: Value 1001 for parameter PageSize is invalid."
                        + " PageSize must be between 1 and 1000.");
    }

    @Test
    void theDomainOfTheFileIsShownAsVerified() throws Exception {
        Shown shown = show("configured.test");

        assertThat(shown.verificationStatus()).isEqualTo("SUCCESS");
        assertThat(shown.verifiedForSendingStatus()).isTrue();
        assertThat(shown.dkimAttributes().status()).isEqualTo("NOT_STARTED");
        Signing signing = (Signing) setup.call(
                SESV2, "PutEmailIdentityDkimSigningAttributes", new PutSigning("configured.test", "AWS_SES", null));
        assertThat(signing.dkimTokens()).hasSize(3);
        assertThat(signing.dkimStatus()).isEqualTo("PENDING");
        assertThat(show("configured.test").dkimAttributes().signingEnabled()).isTrue();
    }

    @Test
    void aKeyMayBeBrought() throws Exception {
        KeyPair pair = Setup.fewKeys().pair(2048);
        String key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        Created created = (Created)
                setup.call(SESV2, "CreateEmailIdentity", new Create("example.com", null, brought("mine", key), null));
        assertThat(created.dkimAttributes())
                .isEqualTo(
                        new DkimAttributes(true, "NOT_STARTED", List.of("mine"), null, "EXTERNAL", null, null, null));
        Identity identity = setup.identity("example.com");
        DkimKey stored = identity.dkim().keys().getFirst();
        assertThat(stored.recordName(identity.name())).isEqualTo("mine._domainkey.example.com");
        assertThat(stored.publicKey())
                .isEqualTo(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
        assertThat(setup.keys.open(identity, stored)).isEqualTo(pair.getPrivate());

        setup.zone.txt("mine._domainkey.example.com", "v=DKIM1; p=" + stored.publicKey());
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(show("example.com").verificationStatus()).isEqualTo("SUCCESS");

        Signing own = sign("AWS_SES", null);
        assertThat(own.dkimTokens()).hasSize(3).doesNotContain("mine");
        assertThat(own.signingHostedZone()).isEqualTo("dkim.mail.host.test");
        assertThat(sign("AWS_SES", null)).isEqualTo(own);
        assertThat(show("example.com").dkimAttributes().tokens())
                .as("what must be published now")
                .hasSize(4)
                .startsWith("mine")
                .containsAll(own.dkimTokens());
        assertThat(sign("EXTERNAL", brought("mine", key)))
                .as("back to the key that is in use")
                .isEqualTo(new Signing("SUCCESS", List.of("mine"), null));
        assertThat(show("example.com").dkimAttributes().tokens()).containsExactly("mine");
    }

    @Test
    void theSecretOfAKeyIsInNoText() {
        assertThat(brought("mine", "c2VjcmV0").toString()).doesNotContain("c2VjcmV0");
        assertThat(new PutSigning("x.test", "EXTERNAL", brought("mine", "c2VjcmV0")).toString())
                .doesNotContain("c2VjcmV0");
        assertThat(new Create("x.test", null, brought("mine", "c2VjcmV0"), null).toString())
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void anotherLengthMakesOtherKeysAndTheSameKeepsThem() throws Exception {
        List<String> first = create("example.com").dkimAttributes().tokens();
        DkimSigningAttributes shorter = new DkimSigningAttributes(null, null, "RSA_1024_BIT", null);

        Signing changed = sign("AWS_SES", shorter);
        assertThat(changed.dkimTokens()).hasSize(3).doesNotContainAnyElementsOf(first);
        assertThat(sign("AWS_SES", shorter)).isEqualTo(changed);
        assertThat(sign("AWS_SES", null)).isEqualTo(changed);
        assertThat(show("example.com").dkimAttributes().currentSigningKeyLength())
                .isEqualTo("RSA_1024_BIT");
    }

    @Test
    void anotherLengthTakesOverWhenItsKeyIsSeen() throws Exception {
        create("example.com");
        setup.zone.publish(setup.records("example.com"));
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(show("example.com").dkimAttributes().status()).isEqualTo("SUCCESS");
        setup.clock.forward(Duration.ofDays(90));
        Instant asked = setup.clock.instant();

        Signing wished = sign("AWS_SES", new DkimSigningAttributes(null, null, "RSA_1024_BIT", null));
        assertThat(wished.dkimStatus()).isEqualTo("PENDING");
        DkimAttributes waiting = show("example.com").dkimAttributes();
        assertThat(waiting.status()).isEqualTo("SUCCESS");
        assertThat(waiting.currentSigningKeyLength()).isEqualTo("RSA_2048_BIT");
        assertThat(waiting.nextSigningKeyLength()).isEqualTo("RSA_1024_BIT");
        assertThat(waiting.lastKeyGenerationTimestamp()).isEqualTo(asked);

        setup.zone.publish(setup.records("example.com"));
        setup.clock.forward(Duration.ofSeconds(3));
        DkimAttributes after = show("example.com").dkimAttributes();
        assertThat(after.currentSigningKeyLength()).isEqualTo("RSA_1024_BIT");
        assertThat(after.tokens()).startsWith(wished.dkimTokens().getFirst()).hasSize(4);
        assertThat(after.lastKeyGenerationTimestamp()).isEqualTo(waiting.lastKeyGenerationTimestamp());
    }

    @Test
    void signingThatIsSwitchedOffStaysOffWithNewKeys() throws Exception {
        create("example.com");
        setup.call(SESV2, "PutEmailIdentityDkimAttributes", new PutDkim("example.com", null));

        sign("AWS_SES", new DkimSigningAttributes(null, null, "RSA_1024_BIT", null));

        assertThat(show("example.com").dkimAttributes().signingEnabled()).isFalse();
        setup.call(SESV2, "PutEmailIdentityDkimAttributes", new PutDkim("example.com", true));
        assertThat(show("example.com").dkimAttributes().signingEnabled()).isTrue();
    }

    @Test
    void whatMeansNothingAboutSigningIsRefused() throws Exception {
        create("example.com");
        String operation = "PutEmailIdentityDkimSigningAttributes";

        assertThat(setup.refusal(SESV2, operation, new PutSigning("x.test", "AWS_SES", null)))
                .isEqualTo("NotFoundException: Email identity x.test does not exist.");
        assertThat(setup.refusal(SESV2, operation, new PutSigning("a@example.com", "AWS_SES", null)))
                .isEqualTo("BadRequestException: The EmailIdentity value must be a valid domain.");
        assertThat(setup.refusal(SESV2, operation, new PutSigning("example.com", "EXTERNAL", null)))
                .startsWith("BadRequestException: The origin EXTERNAL requires");
        assertThat(setup.refusal(SESV2, operation, new PutSigning("example.com", "AWS_SES", brought("s", "AAAA"))))
                .startsWith("BadRequestException: DomainSigningSelector and DomainSigningPrivateKey can be given only");
        assertThat(setup.refusal(SESV2, operation, new PutSigning("example.com", "AWS_SES_US_EAST_1", null)))
                .startsWith("BadRequestException: Keys of another region (AWS_SES_US_EAST_1)");
    }

    @Test
    void attributesAreSetAsInTheApiOf2010() throws Exception {
        create("example.com");

        setup.call(
                SESV2,
                "PutEmailIdentityMailFromAttributes",
                new PutMailFrom("example.com", "b.example.com", "REJECT_MESSAGE"));
        setup.call(SESV2, "PutEmailIdentityFeedbackAttributes", new PutFeedback("example.com", false));
        setup.call(
                SESV2, "PutEmailIdentityConfigurationSetAttributes", new PutConfigurationSet("example.com", "events"));
        Shown shown = show("example.com");
        assertThat(shown.mailFromAttributes())
                .isEqualTo(new MailFromAttributes("b.example.com", "PENDING", "REJECT_MESSAGE"));
        assertThat(shown.feedbackForwardingStatus()).isFalse();
        assertThat(shown.configurationSetName()).isEqualTo("events");

        setup.call(SESV2, "PutEmailIdentityMailFromAttributes", new PutMailFrom("example.com", null, null));
        setup.call(SESV2, "PutEmailIdentityFeedbackAttributes", new PutFeedback("example.com", true));
        setup.call(SESV2, "PutEmailIdentityConfigurationSetAttributes", new PutConfigurationSet("example.com", null));
        assertThat(show("example.com").mailFromAttributes().mailFromDomain()).isNull();
        assertThat(show("example.com").feedbackForwardingStatus()).isTrue();
        assertThat(show("example.com").configurationSetName()).isNull();
    }

    @Test
    void attributesOfNobodyAreRefused() throws Exception {
        assertThat(setup.refusal(
                        SESV2, "PutEmailIdentityMailFromAttributes", new PutMailFrom("x.test", "b.x.test", null)))
                .isEqualTo("BadRequestException: Identity <x.test> does not exist.");
        assertThat(setup.refusal(SESV2, "PutEmailIdentityFeedbackAttributes", new PutFeedback("x.test", true)))
                .isEqualTo("BadRequestException: Identity x.test is invalid."
                        + " Must be a verified email address or domain.");
        assertThat(setup.refusal(SESV2, "PutEmailIdentityDkimAttributes", new PutDkim("a@x.test", true)))
                .isEqualTo("BadRequestException: Domain x.test is not verified for DKIM signing.");
        assertThat(setup.refusal(
                        SESV2,
                        "PutEmailIdentityConfigurationSetAttributes",
                        new PutConfigurationSet("x.test", "events")))
                .isEqualTo("NotFoundException: Email identity x.test does not exist.");
        assertThat(setup.refusal(
                        SESV2,
                        "PutEmailIdentityConfigurationSetAttributes",
                        new PutConfigurationSet("configured.test", "none")))
                .isEqualTo("NotFoundException: Configuration set <none> does not exist.");
    }

    @Test
    void bothApisSpeakOfTheSameIdentities() throws Exception {
        create("example.com");

        Token token = (Token) setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com"));

        setup.zone.txt("_amazonses.example.com", token.verificationToken());
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(show("example.com").verificationStatus()).isEqualTo("SUCCESS");
        assertThat(show("example.com").dkimAttributes().status()).isEqualTo("PENDING");
    }

    @Test
    void atOnceADomainIsVerifiedWhenItIsCreated() throws Exception {
        setup = new Setup(folder, Verification.AT_ONCE);

        assertThat(create("example.com").verifiedForSendingStatus()).isTrue();
        assertThat(show("example.com").dkimAttributes().status()).isEqualTo("SUCCESS");
        assertThat(setup.zone.questions).isEmpty();
    }
}
