package io.waypost.server;

import static io.waypost.server.AwsServer.refused;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.model.BehaviorOnMXFailure;
import software.amazon.awssdk.services.ses.model.NotificationType;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.ses.model.VerificationStatus;
import software.amazon.awssdk.services.sesv2.model.DkimSigningAttributesOrigin;
import software.amazon.awssdk.services.sesv2.model.DkimSigningKeyLength;

/**
 * The calls that Terraform's AWS provider makes for identities and what hangs on them, in its order, with its members, and what it reads out of
 * the answers. A second read that differs from the first would be a plan that never comes to rest.
 */
class TerraformIdentitiesTest {

    @AutoClose
    private AwsServer aws;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        aws = AwsServer.start(folder);
    }

    @Test
    void aws_ses_domain_identity_and_what_hangs_on_it() {
        String domain = "example.org";
        // aws_ses_domain_identity: the token comes with the read.
        String token =
                aws.ses().verifyDomainIdentity(verify -> verify.domain(domain)).verificationToken();
        assertThat(verification(domain).orElseThrow().verificationToken()).isEqualTo(token);
        // aws_ses_domain_identity_verification: read until it says so.
        assertThat(verification(domain).orElseThrow().verificationStatus()).isEqualTo(VerificationStatus.SUCCESS);
        // aws_ses_domain_dkim
        List<String> tokens =
                aws.ses().verifyDomainDkim(verify -> verify.domain(domain)).dkimTokens();
        assertThat(aws.ses()
                        .getIdentityDkimAttributes(get -> get.identities(domain))
                        .dkimAttributes()
                        .get(domain)
                        .dkimTokens())
                .isEqualTo(tokens)
                .hasSize(3);
        // aws_ses_domain_mail_from
        aws.ses().setIdentityMailFromDomain(set -> set.identity(domain)
                .mailFromDomain("bounce.example.org")
                .behaviorOnMXFailure(BehaviorOnMXFailure.USE_DEFAULT_VALUE));
        assertThat(mailFrom(domain)).isEqualTo("bounce.example.org");
        // aws_ses_identity_notification_topic
        String topic = aws.sns().createTopic(create -> create.name("bounces")).topicArn();
        aws.ses().setIdentityNotificationTopic(set -> set.identity(domain)
                .notificationType(NotificationType.BOUNCE)
                .snsTopic(topic));
        aws.ses().setIdentityHeadersInNotificationsEnabled(set -> set.identity(domain)
                .notificationType(NotificationType.BOUNCE)
                .enabled(true));
        var attributes = aws.ses()
                .getIdentityNotificationAttributes(get -> get.identities(domain))
                .notificationAttributes()
                .get(domain);
        assertThat(attributes.bounceTopic()).isEqualTo(topic);
        assertThat(attributes.headersInBounceNotificationsEnabled()).isTrue();
        assertThat(attributes.complaintTopic()).isNull();
        // Destroy, from the leaves on.
        aws.ses().setIdentityNotificationTopic(set -> set.identity(domain).notificationType(NotificationType.BOUNCE));
        aws.ses().setIdentityMailFromDomain(set -> set.identity(domain));
        assertThat(Optional.ofNullable(mailFrom(domain)).filter(not(String::isEmpty)))
                .isEmpty();
        aws.ses().deleteIdentity(delete -> delete.identity(domain));
        // Read after it: not in the answer means gone.
        assertThat(verification(domain)).isEmpty();
        assertThat(aws.ses()
                        .getIdentityDkimAttributes(get -> get.identities(domain))
                        .dkimAttributes())
                .doesNotContainKey(domain);
        assertThat(aws.ses()
                        .getIdentityMailFromDomainAttributes(get -> get.identities(domain))
                        .mailFromDomainAttributes())
                .doesNotContainKey(domain);
        assertThat(aws.ses()
                        .getIdentityNotificationAttributes(get -> get.identities(domain))
                        .notificationAttributes())
                .doesNotContainKey(domain);
        aws.ses().deleteIdentity(delete -> delete.identity(domain));
        assertThat(refused(SesException.class, () -> aws.ses().setIdentityNotificationTopic(set -> set.identity(domain)
                                .notificationType(NotificationType.BOUNCE)))
                        .awsErrorDetails())
                .matches(error -> error.errorCode().equals("InvalidParameterValue"))
                .matches(error -> error.errorMessage().contains("Must be a verified email address or domain"));
    }

    private Optional<software.amazon.awssdk.services.ses.model.IdentityVerificationAttributes> verification(
            String identity) {
        return Optional.ofNullable(aws.ses()
                .getIdentityVerificationAttributes(get -> get.identities(identity))
                .verificationAttributes()
                .get(identity));
    }

    private String mailFrom(String identity) {
        return aws.ses()
                .getIdentityMailFromDomainAttributes(get -> get.identities(identity))
                .mailFromDomainAttributes()
                .get(identity)
                .mailFromDomain();
    }

    @Test
    void aws_ses_email_identity() {
        aws.ses().verifyEmailIdentity(verify -> verify.emailAddress("help@example.net"));
        assertThat(verification("help@example.net")).isPresent();
        aws.ses().deleteIdentity(delete -> delete.identity("help@example.net"));
        assertThat(verification("help@example.net")).isEmpty();
    }

    @Test
    void aws_sesv2_email_identity() {
        String domain = "example.com";
        aws.sesv2().createEmailIdentity(create -> create.emailIdentity(domain)
                .tags(tag -> tag.key("team").value("mail"))
                .dkimSigningAttributes(dkim -> dkim.nextSigningKeyLength(DkimSigningKeyLength.RSA_2048_BIT)));
        // The provider makes the ARN; with skip_requesting_account_id it knows no account.
        for (String account : List.of(AwsServer.ACCOUNT, "")) {
            assertThat(aws.sesv2()
                            .listTagsForResource(list -> list.resourceArn(identityArn(account, domain)))
                            .tags())
                    .hasSize(1);
        }
        var read = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(read.identityTypeAsString()).isEqualTo("DOMAIN");
        assertThat(read.verificationStatusAsString()).isEqualTo("SUCCESS");
        assertThat(read.configurationSetName()).isNull();
        assertThat(read.dkimAttributes().signingAttributesOrigin()).isEqualTo(DkimSigningAttributesOrigin.AWS_SES);
        assertThat(read.dkimAttributes().currentSigningKeyLengthAsString()).isEqualTo("RSA_2048_BIT");
        assertThat(read.dkimAttributes().nextSigningKeyLengthAsString()).isEqualTo("RSA_2048_BIT");
        assertThat(read.dkimAttributes().lastKeyGenerationTimestamp()).isNotNull();
        assertThat(read.dkimAttributes().tokens()).hasSize(3);
        // Plan without a difference.
        assertThat(aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain)))
                .hasToString(read.toString());
        // Update.
        aws.sesv2().tagResource(tag -> tag.resourceArn(identityArn("", domain))
                .tags(one -> one.key("stage").value("live")));
        aws.sesv2().untagResource(untag -> untag.resourceArn(identityArn("", domain))
                .tagKeys("team"));
        aws.sesv2().putEmailIdentityDkimSigningAttributes(put -> put.emailIdentity(domain)
                .signingAttributesOrigin(DkimSigningAttributesOrigin.AWS_SES)
                .signingAttributes(dkim -> dkim.nextSigningKeyLength(DkimSigningKeyLength.RSA_1024_BIT)));
        var updated = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(updated.dkimAttributes().nextSigningKeyLengthAsString()).isEqualTo("RSA_1024_BIT");
        // aws_sesv2_email_identity_feedback_attributes, aws_sesv2_email_identity_mail_from_attributes
        aws.sesv2().putEmailIdentityFeedbackAttributes(put -> put.emailIdentity(domain)
                .emailForwardingEnabled(true));
        aws.sesv2().putEmailIdentityMailFromAttributes(put -> put.emailIdentity(domain)
                .mailFromDomain("bounce.example.com")
                .behaviorOnMxFailure("REJECT_MESSAGE"));
        var whole = aws.sesv2().getEmailIdentity(get -> get.emailIdentity(domain));
        assertThat(whole.feedbackForwardingStatus()).isTrue();
        assertThat(whole.mailFromAttributes().mailFromDomain()).isEqualTo("bounce.example.com");
        assertThat(whole.mailFromAttributes().behaviorOnMxFailureAsString()).isEqualTo("REJECT_MESSAGE");
        // Destroy: the attributes by setting nothing, then the identity.
        aws.sesv2().putEmailIdentityMailFromAttributes(put -> put.emailIdentity(domain));
        aws.sesv2().putEmailIdentityFeedbackAttributes(put -> put.emailIdentity(domain));
        aws.sesv2().deleteEmailIdentity(delete -> delete.emailIdentity(domain));
        refused(software.amazon.awssdk.services.sesv2.model.NotFoundException.class, () -> aws.sesv2()
                .getEmailIdentity(get -> get.emailIdentity(domain)));
        refused(software.amazon.awssdk.services.sesv2.model.NotFoundException.class, () -> aws.sesv2()
                .deleteEmailIdentity(delete -> delete.emailIdentity(domain)));
    }

    private static String identityArn(String account, String identity) {
        return "arn:aws:ses:" + AwsServer.REGION + ":" + account + ":identity/" + identity;
    }
}
