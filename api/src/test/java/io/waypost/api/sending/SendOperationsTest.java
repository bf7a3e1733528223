package io.waypost.api.sending;

import static io.waypost.api.sending.Sendings.refusal;
import static io.waypost.api.sending.Sendings.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.WireResponse;
import io.waypost.message.EmailAddress;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SesMessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending in the API of 2010 (contract 1.1, 1.3, 4.7, 4.8). */
class SendOperationsTest {

    private static final String ARN = "arn:aws:ses:us-east-1:123456789012:identity/example.com";

    private Sendings sendings;

    @BeforeEach
    void begin() throws IOException {
        sendings = new Sendings();
    }

    private WireResponse send(String... more) {
        List<String> parameters = new ArrayList<>(List.of(
                "Source", "Jos\u00e9 <a@example.com>",
                "Destination.ToAddresses.member.1", "b@example.org",
                "Message.Subject.Data", "Gr\u00fc\u00dfe",
                "Message.Body.Text.Data", "Hello\nthere"));
        for (int i = 0; i < more.length; i += 2) {
            int at = parameters.indexOf(more[i]);
            if (at >= 0) {
                parameters.set(at + 1, more[i + 1]);
            } else {
                parameters.addAll(Arrays.asList(more[i], more[i + 1]));
            }
        }
        return sendings.query("SendEmail", parameters.toArray(String[]::new));
    }

    private void template(String subject, String text) {
        assertThat(sendings.query(
                                "CreateTemplate",
                                "Template.TemplateName",
                                "t",
                                "Template.SubjectPart",
                                subject,
                                "Template.TextPart",
                                text)
                        .status())
                .isEqualTo(200);
    }

    private WireResponse sendTemplated(String data) {
        return sendings.query(
                "SendTemplatedEmail",
                "Source",
                "a@example.com",
                "Destination.ToAddresses.member.1",
                "b@example.org",
                "Template",
                "t",
                "TemplateData",
                data,
                "ConfigurationSetName",
                "set");
    }

    @Test
    void theAnswerToTheLetter() {
        WireResponse response = send();
        assertThat(text(response))
                .endsWith(
                        "<SendEmailResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><SendEmailResult><MessageId>"
                                + Sendings.ID
                                + "</MessageId></SendEmailResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
                                + "</SendEmailResponse>");
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void everyMemberReachesTheSender() throws IOException {
        send(
                "Destination.CcAddresses.member.1", "c@example.org",
                "Destination.BccAddresses.member.1", "D <d@example.org>",
                "ReplyToAddresses.member.1", "r@example.com",
                "ReturnPath", "bounces@example.com",
                "SourceArn", ARN,
                "Tags.member.1.Name", "campaign",
                "Tags.member.1.Value", "spring.2026",
                "ConfigurationSetName", "set",
                "Message.Body.Html.Data", "<p>Hello</p>");
        var request = sendings.last();
        assertThat(request.scope()).isEqualTo(Sendings.HOME);
        assertThat(request.accessKey()).isEqualTo("AKIA");
        assertThat(request.sourceIp()).contains("192.0.2.7");
        assertThat(request.operation()).isEqualTo("SendEmail");
        assertThat(request.source()).contains(EmailAddress.of("a@example.com"));
        assertThat(request.destinations())
                .extracting(EmailAddress::toString)
                .containsExactly("b@example.org", "c@example.org", "d@example.org");
        assertThat(request.returnPath()).contains(EmailAddress.of("bounces@example.com"));
        assertThat(request.sourceArn()).contains(ARN);
        assertThat(request.configurationSet()).contains("set");
        assertThat(request.tags()).isEqualTo(Map.of("campaign", "spring.2026"));
        assertThat(request.list()).isEmpty();
        var mail = sendings.lastMail();
        assertThat(mail.header().subject()).contains("Gr\u00fc\u00dfe");
        assertThat(mail.text()).isEqualTo("Hello\r\nthere");
        assertThat(mail.html()).isEqualTo("<p>Hello</p>");
        assertThat(mail.header().addresses("From").getFirst().display()).isEqualTo("Jos\u00e9 <a@example.com>");
        assertThat(mail.header().addresses("Reply-To").getFirst().address()).isEqualTo("r@example.com");
        assertThat(sendings.lastContent()).doesNotContain("d@example.org");
    }

    @Test
    void aCharsetIsUsed() throws IOException {
        send("Message.Body.Text.Data", "caf\u00e9 au lait", "Message.Body.Text.Charset", "ISO-8859-1");
        assertThat(sendings.lastContent()).contains("charset=ISO-8859-1", "caf=E9 au lait");
    }

    @Test
    void noMemberEndsAField() throws IOException {
        send("Message.Subject.Data", "x\r\nBcc: evil@example.org\r\n\r\nbody");
        assertThat(sendings.lastMail().header().first("Bcc")).isEmpty();
        assertThat(sendings.lastMail().header().subject()).contains("x Bcc: evil@example.org body");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no sender's address       | Source                           | nobody        | InvalidParameterValue: Invalid email address<nobody>.
            a header in the sender    | Source                           | a@b.c\\nBcc: d@e.f | InvalidParameterValue: Invalid email address<a@b.c\\nBcc: d@e.f>.
            no recipient's address    | Destination.ToAddresses.member.1 | b@            | InvalidParameterValue: Invalid email address<b@>.
            no address to reply to    | ReplyToAddresses.member.1        | x y@z         | InvalidParameterValue: Invalid email address<x y@z>.
            no return path            | ReturnPath                       | x             | InvalidParameterValue: Invalid email address<x>.
            no identity               | SourceArn                        | arn:aws:ses:x | InvalidParameterValue: Invalid identity ARN<arn:aws:ses:x>.
            no charset                | Message.Body.Text.Charset        | klingon       | InvalidParameterValue: Invalid charset<klingon>.
            """)
    void whatIsRefused(String name, String member, String value, String expected) throws IOException {
        assertThat(refusal(send(member, value.replace("\\n", "\n")))).isEqualTo(expected.replace("\\n", "\n"));
        assertThat(sendings.sent).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            ``    | v    | The tag name must be specified.
            n     | ``   | The tag value must be specified.
            a b   | v    | Invalid tag name <a b>: only alphanumeric ASCII characters, '_',  '-' are allowed.
            a.b   | v    | Invalid tag name <a.b>: only alphanumeric ASCII characters, '_',  '-' are allowed.
            n     | v w  | Invalid tag value <v w>: only alphanumeric ASCII characters, '_',  '-', '.', '@' are allowed.
            LONG  | v    | Tag name cannot exceed 255 characters.
            n     | LONG | Tag value cannot exceed 255 characters.
            """)
    void tagsInSesWords(String name, String value, String words) throws IOException {
        assertThat(refusal(send(
                        "Tags.member.1.Name",
                        name.replace("LONG", "x".repeat(256)),
                        "Tags.member.1.Value",
                        value.replace("LONG", "x".repeat(256)))))
                .isEqualTo("InvalidParameterValue: " + words);
    }

    @Test
    void fiftyRecipientsNotMore() throws IOException {
        String[] fifty = IntStream.range(0, 49)
                .boxed()
                .flatMap(i -> Stream.of("Destination.CcAddresses.member." + (i + 1), "c" + i + "@example.org"))
                .toArray(String[]::new);
        assertThat(send(fifty).status()).isEqualTo(200);
        assertThat(sendings.last().destinations()).hasSize(50);
        String[] more = Arrays.copyOf(fifty, fifty.length + 2);
        more[fifty.length] = "Destination.BccAddresses.member.1";
        more[fifty.length + 1] = "d@example.org";
        assertThat(refusal(send(more))).isEqualTo("InvalidParameterValue: Recipient count exceeds 50.");
    }

    @Test
    void noRecipientNoBody() throws IOException {
        assertThat(refusal(sendings.query(
                        "SendEmail",
                        "Source",
                        "a@example.com",
                        "Destination.ToAddresses",
                        "",
                        "Message.Subject.Data",
                        "s",
                        "Message.Body.Text.Data",
                        "t")))
                .isEqualTo("InvalidParameterValue: At least one recipient must be specified.");
        assertThat(refusal(sendings.query(
                        "SendEmail",
                        "Source",
                        "a@example.com",
                        "Destination.ToAddresses.member.1",
                        "b@example.org",
                        "Message.Subject.Data",
                        "s",
                        "Message.Body",
                        "")))
                .isEqualTo("InvalidParameterValue: The message body must have a text or an HTML part.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            NOT_VERIFIED, MessageRejected
            MESSAGE_REJECTED, MessageRejected
            INVALID_PARAMETER, InvalidParameterValue
            TOO_LARGE, InvalidParameterValue
            CONFIGURATION_SET_UNKNOWN, ConfigurationSetDoesNotExist
            CONFIGURATION_SET_PAUSED, ConfigurationSetSendingPausedException
            ACCOUNT_PAUSED, AccountSendingPausedException
            MAIL_FROM_NOT_VERIFIED, MailFromDomainNotVerifiedException
            CONTACT_LIST_UNKNOWN, InvalidParameterValue
            RATE_EXCEEDED, Throttling
            DAILY_QUOTA_EXCEEDED, Throttling
            """)
    void theSendersRefusals(Reason reason, String code) throws IOException {
        sendings.refusals.put("b", new SendRefusedException(reason, "SES' words"));
        WireResponse refused = send("ConfigurationSetName", "set");
        assertThat(refusal(refused)).isEqualTo(code + ": SES' words");
        assertThat(refused.status()).isEqualTo(400);
        if (code.startsWith("ConfigurationSet")) {
            assertThat(text(refused)).contains("<ConfigurationSetName>set</ConfigurationSetName>");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerIsOurFault() throws IOException {
        sendings.broken = true;
        assertThat(send().status()).isEqualTo(500);
    }

    @Test
    void aRawMessageIsPassedOn() throws IOException {
        String message = "From: a@example.com\nTo: b@example.org\r\n\r\nx\ry";
        WireResponse response = sendings.query(
                "SendRawEmail",
                "RawMessage.Data",
                Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)),
                "FromArn",
                ARN);
        assertThat(text(response)).contains("<SendRawEmailResult><MessageId>" + Sendings.ID + "</MessageId>");
        assertThat(sendings.lastContent()).isEqualTo("From: a@example.com\r\nTo: b@example.org\r\n\r\nx\r\ny");
        assertThat(sendings.last().source()).isEmpty();
        assertThat(sendings.last().destinations()).isEmpty();
        assertThat(sendings.last().operation()).isEqualTo("SendRawEmail");
        assertThat(sendings.last().sourceArn()).contains(ARN);

        sendings.query(
                "SendRawEmail",
                "RawMessage.Data",
                Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)),
                "Source",
                "s@example.com",
                "Destinations.member.1",
                "x@example.org");
        assertThat(sendings.last().source()).contains(EmailAddress.of("s@example.com"));
        assertThat(sendings.last().destinations()).containsExactly(EmailAddress.of("x@example.org"));
    }

    @Test
    void tenMegabytesNotMore() throws IOException {
        byte[] large = new byte[10 * 1024 * 1024 + 1];
        Arrays.fill(large, (byte) 'x');
        assertThat(refusal(sendings.query(
                        "SendRawEmail", "RawMessage.Data", Base64.getEncoder().encodeToString(large))))
                .isEqualTo("InvalidParameterValue: Message length is more than 10485760 bytes long: '10485761'.");
    }

    @Test
    void aTemplateIsFilledIn() throws IOException {
        template("Hi {{name}}", "Dear {{name}},\r\n{{#if vip}}vip{{/if}} <b>");
        assertThat(text(sendTemplated("{\"name\":\"J\u00f6rg & <Co>\",\"vip\":true}")))
                .contains("<SendTemplatedEmailResult><MessageId>" + Sendings.ID + "</MessageId>");
        assertThat(sendings.lastMail().header().subject()).contains("Hi J\u00f6rg & <Co>");
        assertThat(sendings.lastMail().text()).isEqualTo("Dear J\u00f6rg & <Co>,\r\nvip <b>\r\n");
        assertThat(sendings.told).isEmpty();
    }

    @Test
    void aFailingRenderingIsAcceptedAndTold() throws IOException {
        template("Hi {{name}}", "Dear {{name}}");
        String answer = text(sendTemplated("{\"nom\":\"x\"}"));
        assertThat(answer).contains("<MessageId>010001a21293b600-");
        assertThat(sendings.sent).isEmpty();
        assertThat(sendings.told).hasSize(1);
        MailEvent.RenderingFailed failed = (MailEvent.RenderingFailed) sendings.told.getFirst();
        assertThat(failed.templateName()).isEqualTo("t");
        assertThat(failed.errorMessage()).isEqualTo("Attribute 'name' is not present in the rendering data.");
        assertThat(failed.at()).isEqualTo(Sendings.NOW);
        assertThat(failed.mail().sending().orElseThrow().configurationSet()).contains("set");
        assertThat(failed.mail().envelope().addresses()).containsExactly(EmailAddress.of("b@example.org"));
        assertThat(answer).contains(SesMessageId.of(failed.mail().id(), "us-east-1"));
    }

    @Test
    void noTemplateNoData() throws IOException {
        assertThat(refusal(sendTemplated("{}"))).isEqualTo("TemplateDoesNotExist: Template t does not exist.");
        template("s", "t");
        assertThat(refusal(sendTemplated("{"))).isEqualTo("InvalidParameterValue: The template data is invalid");
    }

    private WireResponse bulk(String... more) {
        List<String> parameters = new ArrayList<>(List.of(
                "Source", "a@example.com",
                "Template", "t",
                "DefaultTemplateData", "{\"name\":\"you\"}",
                "DefaultTags.member.1.Name", "a",
                "DefaultTags.member.1.Value", "1",
                "DefaultTags.member.2.Name", "b",
                "DefaultTags.member.2.Value", "1"));
        parameters.addAll(Arrays.asList(more));
        return sendings.query("SendBulkTemplatedEmail", parameters.toArray(String[]::new));
    }

    @Test
    void aBulkEndsInAStatusForEach() throws IOException {
        template("Hi {{name}}", "x");
        sendings.refusals.put("slow", new SendRefusedException(Reason.RATE_EXCEEDED, "Maximum sending rate exceeded."));
        WireResponse response = bulk(
                "Destinations.member.1.Destination.ToAddresses.member.1", "b@example.org",
                "Destinations.member.1.ReplacementTemplateData", "{\"name\":\"Bob\"}",
                "Destinations.member.1.ReplacementTags.member.1.Name", "b",
                "Destinations.member.1.ReplacementTags.member.1.Value", "2",
                "Destinations.member.2.Destination.ToAddresses.member.1", "c@example.org",
                "Destinations.member.3.Destination.ToAddresses.member.1", "slow@example.org",
                "Destinations.member.4.Destination.ToAddresses.member.1", "nobody");
        assertThat(text(response))
                .contains("<SendBulkTemplatedEmailResult><Status><member><Status>Success</Status><MessageId>"
                        + Sendings.ID
                        + "</MessageId></member><member><Status>Success</Status><MessageId>" + Sendings.ID
                        + "</MessageId></member><member><Status>AccountThrottled</Status><Error>Maximum sending rate exceeded.</Error>"
                        + "</member><member><Status>InvalidParameterValue</Status><Error>Invalid email address&lt;nobody&gt;.</Error>"
                        + "</member></Status></SendBulkTemplatedEmailResult>");
        assertThat(sendings.sent).hasSize(2);
        assertThat(sendings.sent.getFirst().tags()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(sendings.last().tags()).isEqualTo(Map.of("a", "1", "b", "1"));
        assertThat(sendings.lastMail().header().subject()).isEqualTo(Optional.of("Hi you"));
    }

    @Test
    void whatIsWrongWithAllIsSaidOnce() throws IOException {
        template("s", "t");
        var refusal = new SendRefusedException(Reason.ACCOUNT_PAUSED, "paused");
        sendings.refusals.put("b", refusal);
        sendings.refusals.put("c", refusal);
        String[] both = {
            "Destinations.member.1.Destination.ToAddresses.member.1", "b@example.org",
            "Destinations.member.2.Destination.ToAddresses.member.1", "c@example.org"
        };
        assertThat(refusal(bulk(both))).isEqualTo("AccountSendingPausedException: paused");
        sendings.refusals.remove("c");
        assertThat(text(bulk(both))).contains("<Status>AccountSendingPaused</Status>", "<Status>Success</Status>");
    }

    @Test
    void aBulkGoesOnWhereTheStoreDoesNotAnswer() {
        template("s", "t");
        sendings.broken = true;
        assertThat(text(bulk("Destinations.member.1.Destination.ToAddresses.member.1", "b@example.org")))
                .contains("<Status>TransientFailure</Status>");
    }

    @Test
    void fiftyEntriesNotMore() throws IOException {
        template("s", "t");
        String[] many = IntStream.rangeClosed(1, 51)
                .boxed()
                .flatMap(i -> Stream.of("Destinations.member." + i + ".Destination.ToAddresses.member.1", "b@x.y"))
                .toArray(String[]::new);
        assertThat(refusal(bulk(many)))
                .isEqualTo("InvalidParameterValue: The number of destinations must be between 1 and 50: 51");
        assertThat(bulk(Arrays.copyOf(many, 100)).status()).isEqualTo(200);
        assertThat(sendings.sent).hasSize(50);
    }
}
