package io.waypost.api.identity.v1;

import static io.waypost.api.aws.Operations.Api.SES;
import static io.waypost.api.identity.Setup.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.v1.MailFromOperations.SetRequest;
import io.waypost.api.identity.v1.NotificationOperations.SetForwarding;
import io.waypost.api.identity.v1.NotificationOperations.SetHeaders;
import io.waypost.api.identity.v1.NotificationOperations.SetTopic;
import io.waypost.api.identity.v1.VerificationOperations.Address;
import io.waypost.api.identity.v1.VerificationOperations.DomainName;
import io.waypost.api.identity.v1.VerificationOperations.ListRequest;
import io.waypost.api.identity.v1.VerificationOperations.Listed;
import io.waypost.api.identity.v1.VerificationOperations.Named;
import io.waypost.api.identity.v1.VerificationOperations.Names;
import io.waypost.api.identity.v1.VerificationOperations.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation of the API of 2010, asked and answered. */
class V1OperationsTest {

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
    }

    private Map<String, VerificationOperations.Attributes> verification(String... names) throws Exception {
        Record answer = setup.call(SES, "GetIdentityVerificationAttributes", new Names(List.of(names)));
        return ((VerificationOperations.AllAttributes) answer).verificationAttributes();
    }

    private Map<String, DkimOperations.Attributes> dkim(String... names) throws Exception {
        Record answer = setup.call(SES, "GetIdentityDkimAttributes", new DkimOperations.Names(List.of(names)));
        return ((DkimOperations.AllAttributes) answer).dkimAttributes();
    }

    private Map<String, MailFromOperations.Attributes> mailFrom(String... names) throws Exception {
        Record answer =
                setup.call(SES, "GetIdentityMailFromDomainAttributes", new MailFromOperations.Names(List.of(names)));
        return ((MailFromOperations.AllAttributes) answer).mailFromDomainAttributes();
    }

    private Map<String, NotificationOperations.Attributes> notifications(String... names) throws Exception {
        Record answer =
                setup.call(SES, "GetIdentityNotificationAttributes", new NotificationOperations.Names(List.of(names)));
        return ((NotificationOperations.AllAttributes) answer).notificationAttributes();
    }

    private Listed list(String type, String token, Integer most) throws Exception {
        return (Listed) setup.call(SES, "ListIdentities", new ListRequest(type, token, most));
    }

    @Test
    void aDomainIsVerifiedByItsToken() throws Exception {
        Token token = (Token) setup.call(SES, "VerifyDomainIdentity", new DomainName("Example.com"));

        assertThat(token.verificationToken()).matches("[A-Za-z0-9+/]{43}=");
        assertThat(setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com")))
                .isEqualTo(token);
        assertThat(verification("Example.com", "unknown.test", "no name"))
                .isEqualTo(Map.of(
                        "Example.com", new VerificationOperations.Attributes("Pending", token.verificationToken())));

        setup.zone.txt("_amazonses.example.com", token.verificationToken());
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(verification("example.com").get("example.com").verificationStatus())
                .isEqualTo("Success");
    }

    @Test
    void aDomainIsVerifiedByItsKeys() throws Exception {
        var tokens = (DkimOperations.Tokens)
                setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("example.com"));

        assertThat(tokens.dkimTokens()).hasSize(3).allMatch(token -> token.matches("[a-z2-7]{32}"));
        assertThat(setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("example.com")))
                .isEqualTo(tokens);
        assertThat(dkim("example.com", "unknown.test"))
                .isEqualTo(Map.of("example.com", new DkimOperations.Attributes(true, "Pending", tokens.dkimTokens())));

        setup.zone.publish(setup.records("example.com"));
        setup.clock.forward(Duration.ofSeconds(3));
        assertThat(dkim("example.com").get("example.com").dkimVerificationStatus())
                .isEqualTo("Success");
        assertThat(verification("example.com").get("example.com").verificationStatus())
                .isEqualTo("Success");
    }

    @Test
    void aVerifiedDomainGetsItsKeysLater() throws Exception {
        setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com"));
        assertThat(dkim("example.com").get("example.com"))
                .isEqualTo(new DkimOperations.Attributes(false, "NotStarted", null));

        assertThat(setup.refusal(SES, "SetIdentityDkimEnabled", new DkimOperations.Enable("example.com", true)))
                .isEqualTo("InvalidParameterValue: Domain example.com is not verified for DKIM signing.");
        setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("example.com"));
        setup.call(SES, "SetIdentityDkimEnabled", new DkimOperations.Enable("example.com", false));
        assertThat(dkim("example.com").get("example.com").dkimEnabled()).isFalse();
        setup.call(SES, "SetIdentityDkimEnabled", new DkimOperations.Enable("example.com", true));
        assertThat(dkim("example.com").get("example.com").dkimEnabled()).isTrue();
    }

    @Test
    void anAddressIsSignedAsItsDomain() throws Exception {
        setup.call(SES, "VerifyEmailIdentity", new Address("info@sub.example.com"));
        assertThat(dkim("info@sub.example.com").get("info@sub.example.com"))
                .isEqualTo(new DkimOperations.Attributes(false, "NotStarted", null));
        assertThat(setup.refusal(
                        SES, "SetIdentityDkimEnabled", new DkimOperations.Enable("info@sub.example.com", true)))
                .isEqualTo("InvalidParameterValue: Domain sub.example.com is not verified for DKIM signing.");

        setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("example.com"));

        assertThat(dkim("info@sub.example.com").get("info@sub.example.com"))
                .isEqualTo(dkim("example.com").get("example.com"));
    }

    @Test
    void anAddressIsVerifiedByItsOwner() throws Exception {
        assertThat(setup.call(SES, "VerifyEmailIdentity", new Address("info@example.com")))
                .isEqualTo(new Nothing());
        setup.call(SES, "VerifyEmailAddress", new Address("post@example.com"));

        assertThat(verification("info@example.com").get("info@example.com"))
                .isEqualTo(new VerificationOperations.Attributes("Pending", null));
        assertThat(setup.sent)
                .extracting(sent -> sent.to().toString())
                .containsExactly("info@example.com", "post@example.com");
        assertThat(setup.call(SES, "ListVerifiedEmailAddresses", new Nothing()))
                .isEqualTo(new VerificationOperations.Addresses(List.of()));
    }

    @Test
    void atOnceEverythingIsVerifiedAndNobodyIsAsked() throws Exception {
        setup = new Setup(folder, Verification.AT_ONCE);
        setup.call(SES, "VerifyEmailIdentity", new Address("info@example.com"));
        setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("example.com"));
        setup.call(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "b.example.com", null));

        assertThat(verification("example.com").get("example.com").verificationStatus())
                .isEqualTo("Success");
        assertThat(dkim("example.com").get("example.com").dkimVerificationStatus())
                .isEqualTo("Success");
        assertThat(mailFrom("example.com").get("example.com"))
                .isEqualTo(new MailFromOperations.Attributes("b.example.com", "Success", "UseDefaultValue"));
        assertThat(setup.call(SES, "ListVerifiedEmailAddresses", new Nothing()))
                .isEqualTo(new VerificationOperations.Addresses(List.of("info@example.com")));
        assertThat(setup.sent).isEmpty();
        assertThat(setup.zone.questions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "a b.test", "info@example.com", "exa_mple.com", "192.0.2.1", "x.test\r\n"})
    void whatIsNoDomainIsRefused(String text) throws Exception {
        assertThat(setup.refusal(SES, "VerifyDomainIdentity", new DomainName(text)))
                .isEqualTo("InvalidParameterValue: Invalid domain name <" + text + ">.");
        assertThat(setup.refusal(SES, "VerifyDomainDkim", new DkimOperations.DomainName(text)))
                .isEqualTo("InvalidParameterValue: Invalid domain name <" + text + ">.");
        assertThat(setup.stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "@example.com", "a@b", "A <a@example.com>", "a@example.com,b@example.com"})
    void whatIsNoAddressIsRefused(String text) throws Exception {
        assertThat(setup.refusal(SES, "VerifyEmailIdentity", new Address(text)))
                .isEqualTo("InvalidParameterValue: Invalid email address<" + text + ">.");
        assertThat(setup.sent).isEmpty();
        assertThat(setup.stored()).isEmpty();
    }

    @Test
    void identitiesAreListedPageByPage() throws Exception {
        setup = new Setup(folder, Verification.AT_ONCE);
        for (String name : List.of("c.test", "a.test", "b.test")) {
            setup.call(SES, "VerifyDomainIdentity", new DomainName(name));
            setup.call(SES, "VerifyEmailIdentity", new Address("x@" + name));
        }

        assertThat(list(null, null, null).identities())
                .containsExactly("a.test", "b.test", "c.test", "configured.test", "x@a.test", "x@b.test", "x@c.test");
        assertThat(list("EmailAddress", null, null).identities()).containsExactly("x@a.test", "x@b.test", "x@c.test");
        Listed first = list("Domain", null, 3);
        assertThat(first.identities()).containsExactly("a.test", "b.test", "c.test");
        Listed second = list("Domain", first.nextToken(), 3);
        assertThat(second).isEqualTo(new Listed(List.of("configured.test"), null));
        assertThat(list("Domain", null, 4).nextToken()).isNull();

        assertThat(setup.refusal(SES, "ListIdentities", new ListRequest(null, "abc", null)))
                .isEqualTo("InvalidParameterValue: Invalid NextToken <abc>.");
        assertThat(setup.refusal(SES, "ListIdentities", new ListRequest(null, "%%%", null)))
                .isEqualTo("InvalidParameterValue: Invalid NextToken <%%%>.");
        for (int size : new int[] {0, -1, 1_001}) {
            assertThat(setup.refusal(SES, "ListIdentities", new ListRequest(null, null, size)))
                    .isEqualTo("InvalidParameterValue: Value " + size + " for parameter MaxItems is invalid."
                            + " MaxItems must be between 1 and 1000.");
        }
    }

    @Test
    void aTokenOfAnotherRegionIsNone() throws Exception {
        setup.call(SES, "VerifyDomainIdentity", new DomainName("a.test"));
        String token = list(null, null, 1).nextToken();

        assertThat(token).isNotNull();
        assertThatThrownBy(() -> setup.call(Setup.ELSEWHERE, SES, "ListIdentities", new ListRequest(null, token, null)))
                .hasMessage("Invalid NextToken <" + token + ">.");
    }

    @Test
    void whatIsDeletedIsGoneAndMayBeDeletedAgain() throws Exception {
        setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com"));
        setup.call(SES, "VerifyEmailIdentity", new Address("info@example.com"));

        assertThat(setup.call(SES, "DeleteIdentity", new Named("EXAMPLE.com"))).isEqualTo(new Nothing());
        assertThat(setup.call(SES, "DeleteIdentity", new Named("example.com"))).isEqualTo(new Nothing());
        assertThat(setup.call(SES, "DeleteIdentity", new Named("no name"))).isEqualTo(new Nothing());
        assertThat(setup.call(SES, "DeleteVerifiedEmailAddress", new Address("example.com")))
                .isEqualTo(new Nothing());
        setup.call(SES, "DeleteVerifiedEmailAddress", new Address("info@example.com"));

        assertThat(setup.stored()).isEmpty();
        assertThat(verification("example.com", "info@example.com")).isEmpty();
    }

    @Test
    void whatTheFileNamesIsVerifiedAndStays() throws Exception {
        assertThat(verification("configured.test"))
                .isEqualTo(Map.of("configured.test", new VerificationOperations.Attributes("Success", null)));
        assertThat(setup.refusal(SES, "DeleteIdentity", new Named("configured.test")))
                .isEqualTo("InvalidParameterValue: Identity configured.test stands in the server's configuration"
                        + " (domains) and can be removed only there.");
        setup.call(SES, "VerifyDomainDkim", new DkimOperations.DomainName("configured.test"));
        assertThat(setup.refusal(SES, "DeleteIdentity", new Named("configured.test")))
                .contains("only there");
        assertThat(dkim("configured.test").get("configured.test").dkimTokens()).hasSize(3);
        assertThat(verification("configured.test").get("configured.test").verificationStatus())
                .isEqualTo("Success");
    }

    @Test
    void mailFromIsSetAndTakenAway() throws Exception {
        setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com"));
        assertThat(mailFrom("example.com", "unknown.test"))
                .isEqualTo(Map.of("example.com", new MailFromOperations.Attributes(null, null, "UseDefaultValue")));

        setup.call(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "B.example.com", "RejectMessage"));
        assertThat(mailFrom("example.com").get("example.com"))
                .isEqualTo(new MailFromOperations.Attributes("b.example.com", "Pending", "RejectMessage"));

        assertThat(setup.refusal(
                        SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "b.example.net", null)))
                .isEqualTo("InvalidParameterValue: Provided MAIL-FROM domain <b.example.net> is not subdomain of the"
                        + " domain of the identity <example.com>.");
        assertThat(setup.refusal(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "example.com", null)))
                .contains("is not subdomain");
        assertThat(setup.refusal(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "b b", null)))
                .contains("Invalid domain name <b b>.");
        assertThat(setup.refusal(SES, "SetIdentityMailFromDomain", new SetRequest("x.test", "b.x.test", null)))
                .isEqualTo("InvalidParameterValue: Identity <x.test> does not exist.");

        setup.call(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", null, null));
        assertThat(mailFrom("example.com").get("example.com").mailFromDomain()).isNull();
        setup.call(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "b.example.com", null));
        setup.call(SES, "SetIdentityMailFromDomain", new SetRequest("example.com", "", null));
        assertThat(mailFrom("example.com").get("example.com").mailFromDomain()).isNull();
    }

    @Test
    void notificationsGoWhereTheyAreSetToGo() throws Exception {
        setup.call(SES, "VerifyEmailIdentity", new Address("info@example.com"));
        assertThat(notifications("info@example.com", "unknown.test"))
                .isEqualTo(Map.of(
                        "info@example.com",
                        new NotificationOperations.Attributes(null, null, null, true, false, false, false)));

        setup.call(SES, "SetIdentityNotificationTopic", new SetTopic("info@example.com", "Bounce", TOPIC));
        setup.call(SES, "SetIdentityNotificationTopic", new SetTopic("info@example.com", "Delivery", TOPIC));
        setup.call(
                SES, "SetIdentityHeadersInNotificationsEnabled", new SetHeaders("info@example.com", "Complaint", true));
        setup.call(SES, "SetIdentityFeedbackForwardingEnabled", new SetForwarding("info@example.com", false));
        assertThat(notifications("info@example.com").get("info@example.com"))
                .isEqualTo(new NotificationOperations.Attributes(TOPIC, null, TOPIC, false, false, true, false));

        setup.call(SES, "SetIdentityNotificationTopic", new SetTopic("info@example.com", "Bounce", null));
        setup.call(SES, "SetIdentityNotificationTopic", new SetTopic("info@example.com", "Delivery", ""));
        setup.call(
                SES,
                "SetIdentityHeadersInNotificationsEnabled",
                new SetHeaders("info@example.com", "Complaint", false));
        assertThat(notifications("info@example.com").get("info@example.com"))
                .isEqualTo(new NotificationOperations.Attributes(null, null, null, false, false, false, false));
    }

    @Test
    void notificationsOfNobodyAndToNobodyAreRefused() throws Exception {
        setup.call(SES, "VerifyDomainIdentity", new DomainName("example.com"));
        String foreign = TOPIC + "x";

        assertThat(setup.refusal(SES, "SetIdentityNotificationTopic", new SetTopic("example.com", "Bounce", foreign)))
                .isEqualTo("InvalidParameterValue: SNS topic <" + foreign + "> not found.");
        assertThat(setup.refusal(SES, "SetIdentityNotificationTopic", new SetTopic("example.com", "Open", TOPIC)))
                .isEqualTo("InvalidParameterValue: Invalid notification type: Open."
                        + " Valid values are: Bounce, Complaint, Delivery.");
        assertThat(setup.refusal(SES, "SetIdentityNotificationTopic", new SetTopic("x.test", "Bounce", TOPIC)))
                .isEqualTo("InvalidParameterValue: Identity x.test is invalid."
                        + " Must be a verified email address or domain.");
        assertThat(setup.refusal(SES, "SetIdentityFeedbackForwardingEnabled", new SetForwarding("x.test", true)))
                .isEqualTo("InvalidParameterValue: Identity x.test is invalid."
                        + " Must be a verified email address or domain.");
        assertThat(setup.refusal(
                        SES, "SetIdentityHeadersInNotificationsEnabled", new SetHeaders("x.test", "Bounce", true)))
                .isEqualTo("InvalidParameterValue: Identity x.test is invalid."
                        + " It must be a verified email address or domain.");
    }

    @Test
    void aHundredNamesAreEnough() throws Exception {
        assertThat(verification(Collections.nCopies(100, "x.test").toArray(String[]::new)))
                .isEmpty();
        assertThat(setup.refusal(
                        SES, "GetIdentityVerificationAttributes", new Names(Collections.nCopies(101, "x.test"))))
                .startsWith("InvalidParameterValue: At most 100 identities");
    }
}
