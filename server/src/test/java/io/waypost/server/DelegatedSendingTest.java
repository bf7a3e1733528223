package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.server.support.RelaySink;
import io.waypost.server.support.Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** One account sends as the identity of another, as far as its policy lets it, on the whole server. */
class DelegatedSendingTest {

    private static final String OWNER = "123456789012";
    private static final String DELEGATE = "210987654321";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String ARN = "arn:aws:ses:us-east-1:" + OWNER + ":identity/lent.test";

    @TempDir
    Path folder;

    private RelaySink relay;
    private Server server;
    private SesV2Client owner;
    private SesV2Client delegate;
    private SesClient delegateV1;

    @BeforeEach
    void start() throws Exception {
        relay = new RelaySink();
        Setup setup = new Setup(folder)
                .rules("name: main\nactive: true\nrules: []\n")
                .with("""
                        accounts:
                          - { id: "%s", keys: [ { id: AKIAWAYPOSTOWNER0001, secret: "%s" } ] }
                          - { id: "%s", keys: [ { id: AKIAWAYPOSTDELEGATE1, secret: "%s" } ] }
                        ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
                        outbound: { relay: "127.0.0.1:%d" }
                        """.formatted(OWNER, SECRET, DELEGATE, SECRET, relay.port()))
                .write();
        server = InProcess.start(setup);
        String endpoint = "http://127.0.0.1:" + setup.httpPort();
        owner = AwsServer.client(
                SesV2Client.builder(), endpoint, AwsBasicCredentials.create("AKIAWAYPOSTOWNER0001", SECRET));
        AwsBasicCredentials other = AwsBasicCredentials.create("AKIAWAYPOSTDELEGATE1", SECRET);
        delegate = AwsServer.client(SesV2Client.builder(), endpoint, other);
        delegateV1 = AwsServer.client(SesClient.builder(), endpoint, other);
        owner.createEmailIdentity(r -> r.emailIdentity("lent.test"));
    }

    @AfterEach
    void stop() throws Exception {
        owner.close();
        delegate.close();
        delegateV1.close();
        server.close();
        relay.close();
    }

    private void lend(String name, String effect, String condition) {
        owner.createEmailIdentityPolicy(r ->
                r.emailIdentity("lent.test").policyName(name).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"%s","Principal":{"AWS":"%s"},\
                "Action":["ses:SendEmail","ses:SendRawEmail"],"Resource":"%s"%s}]}""".formatted(effect, DELEGATE, ARN, condition)));
    }

    private void send(SesV2Client ses, String from, String arn) {
        ses.sendEmail(r -> r.fromEmailAddress(from)
                .fromEmailAddressIdentityArn(arn)
                .destination(d -> d.toAddresses("bob@customer.test"))
                .content(c -> c.simple(s -> s.subject(x -> x.data("Hi")).body(b -> b.text(x -> x.data("Hello\n"))))));
    }

    private RelaySink.Taken taken(int number) {
        await().atMost(Duration.ofSeconds(30)).until(() -> relay.taken().size() >= number);
        return relay.taken().get(number - 1);
    }

    @Test
    void aPolicyLetsAnotherAccountSend() {
        assertThat(AwsServer.refused(SesV2Exception.class, () -> send(delegate, "news@lent.test", ARN))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("User `arn:aws:iam::210987654321:user/AKIAWAYPOSTDELEGATE1' is not authorized to perform"
                        + " `ses:SendEmail' on resource `" + ARN + "'");

        lend("one", "Allow", ",\"Condition\":{\"StringLike\":{\"ses:FromAddress\":\"news*@lent.test\"}}");
        send(delegate, "news@lent.test", ARN);
        assertThat(taken(1).content()).contains("From: news@lent.test", "d=lent.test;");

        assertThat(AwsServer.refused(SesV2Exception.class, () -> send(delegate, "admin@lent.test", ARN))
                        .statusCode())
                .isEqualTo(403);
        AwsServer.refused(MessageRejectedException.class, () -> send(delegate, "news@lent.test", null));

        lend("two", "Deny", "");
        assertThat(AwsServer.refused(SesV2Exception.class, () -> send(delegate, "news@lent.test", ARN))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("AccessDeniedException");
        send(owner, "news@lent.test", null);
        taken(2);
    }

    /** Contract 4.4: the header field of raw mail and of SMTP. */
    @Test
    void rawMailNamesTheIdentityInItsHeader() {
        lend("one", "Allow", "");
        String mail = "From: a@lent.test\r\nTo: bob@customer.test\r\nX-SES-SOURCE-ARN: " + ARN
                + "\r\nSubject: raw\r\n\r\nHello\r\n";
        delegateV1.sendRawEmail(r -> r.rawMessage(m -> m.data(SdkBytes.fromUtf8String(mail))));
        assertThat(taken(1).content()).contains("Subject: raw").doesNotContain("X-SES-");

        owner.deleteEmailIdentityPolicy(r -> r.emailIdentity("lent.test").policyName("one"));
        SesException refused = AwsServer.refused(
                SesException.class,
                () -> delegateV1.sendRawEmail(r ->
                        r.rawMessage(m -> m.data(SdkBytes.fromByteArray(mail.getBytes(StandardCharsets.US_ASCII))))));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(refused.statusCode()).isEqualTo(403);
    }
}
