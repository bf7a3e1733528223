package io.waypost.api.sending;

import static io.waypost.api.sending.Sendings.json;
import static io.waypost.api.sending.Sendings.refusal;
import static io.waypost.api.sending.Sendings.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.WireResponse;
import io.waypost.message.EmailAddress;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SendRequest.ListManagement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending in the API of 2019 (contract 1.1, 4.3, 4.7, 4.8). */
class SendEmailOperationsTest {

    private static final String SIMPLE =
            "\"Simple\":{\"Subject\":{\"Data\":\"Hi\"},\"Body\":{\"Text\":{\"Data\":\"Hello\"}}}";

    private Sendings sendings;

    @BeforeEach
    void begin() throws IOException {
        sendings = new Sendings();
    }

    /** @param content what stands in Content @param more further members, with a comma in front */
    private WireResponse send(String content, String more) {
        return sendings.rest(
                "POST",
                "/outbound-emails",
                "{\"FromEmailAddress\":\"a@example.com\",\"Destination\":{\"ToAddresses\":[\"b@example.org\"]},\"Content\":{"
                        + content + "}" + more + "}");
    }

    private void template(String subject, String text) {
        assertThat(sendings.rest(
                                "POST",
                                "/templates",
                                "{\"TemplateName\":\"t\",\"TemplateContent\":{\"Subject\":\"" + subject
                                        + "\",\"Text\":\"" + text + "\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAnswerToTheLetter() {
        WireResponse response = send(SIMPLE, "");
        assertThat(text(response)).isEqualTo("{\"MessageId\":\"" + Sendings.ID + "\"}");
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void everyMemberReachesTheSender() throws IOException {
        WireResponse response = sendings.rest("POST", "/outbound-emails", """
                {"FromEmailAddress": "\\"A, B\\" <a@example.com>",
                 "FromEmailAddressIdentityArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com",
                 "Destination": {"ToAddresses": ["b@b\u00fccher.example"]},
                 "ReplyToAddresses": ["r@example.com"],
                 "FeedbackForwardingEmailAddress": "f@example.com",
                 "EmailTags": [{"Name": "n", "Value": "v"}],
                 "ConfigurationSetName": "set",
                 "ListManagementOptions": {"ContactListName": "list", "TopicName": "news"},
                 "TenantName": "tenant",
                 "Content": {"Simple": {
                   "Subject": {"Data": "S", "Charset": "UTF-8"},
                   "Body": {"Text": {"Data": "T"}, "Html": {"Data": "<img src='cid:pic'>"}},
                   "Headers": [{"Name": "X-Thing", "Value": "1"}],
                   "Attachments": [
                     {"FileName": "p.png", "RawContent": "AQID", "ContentDisposition": "INLINE", "ContentId": "pic"},
                     {"FileName": "\u65e5\u672c.pdf", "RawContent": "BAUG", "ContentType": "application/pdf",
                      "ContentDescription": "d", "ContentTransferEncoding": "BASE64"}]}}}
                """);
        assertThat(response.status()).as(text(response)).isEqualTo(200);
        var request = sendings.last();
        assertThat(request.operation()).isEqualTo("SendEmail");
        assertThat(request.source()).contains(EmailAddress.of("a@example.com"));
        assertThat(request.destinations()).containsExactly(EmailAddress.of("b@xn--bcher-kva.example"));
        assertThat(request.returnPath()).contains(EmailAddress.of("f@example.com"));
        assertThat(request.sourceArn()).contains("arn:aws:ses:us-east-1:123456789012:identity/example.com");
        assertThat(request.configurationSet()).contains("set");
        assertThat(request.tags()).isEqualTo(Map.of("n", "v"));
        assertThat(request.list()).contains(new ListManagement("list", Optional.of("news")));
        var mail = sendings.lastMail();
        assertThat(mail.defects()).isEmpty();
        assertThat(mail.header().first("X-Thing").orElseThrow().value()).isEqualTo("1");
        assertThat(mail.attachments()).extracting("name").containsExactly("p.png", "\u65e5\u672c.pdf");
        assertThat(mail.attachments()).extracting("type").containsExactly("image/png", "application/pdf");
        assertThat(mail.attachments()).extracting("size").containsExactly(3L, 3L);
        assertThat(mail.attachments().getFirst().contentId()).isEqualTo("pic");
    }

    @Test
    void aRawMessageNeedsNothingElse() throws IOException {
        String raw = Base64.getEncoder()
                .encodeToString("From: a@example.com\r\nTo: b@example.org\r\n\r\nx".getBytes(StandardCharsets.UTF_8));
        assertThat(sendings.rest("POST", "/outbound-emails", "{\"Content\":{\"Raw\":{\"Data\":\"" + raw + "\"}}}")
                        .status())
                .isEqualTo(200);
        assertThat(sendings.last().source()).isEmpty();
        assertThat(sendings.last().destinations()).isEmpty();
        assertThat(sendings.lastContent()).isEqualTo("From: a@example.com\r\nTo: b@example.org\r\n\r\nx");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no content         | ``                                              | The content must be exactly one of Simple, Raw and Template.
            two contents       | SIMPLE,"Raw":{"Data":""}                        | The content must be exactly one of Simple, Raw and Template.
            no template        | "Template":{"TemplateData":"{}"}                | The template must be exactly one of TemplateName, TemplateArn and TemplateContent.
            two templates      | "Template":{"TemplateName":"a","TemplateArn":"b"} | The template must be exactly one of TemplateName, TemplateArn and TemplateContent.
            no template's ARN  | "Template":{"TemplateArn":"arn:x"}              | Invalid template ARN<arn:x>.
            no subject         | "Template":{"TemplateContent":{"Text":"x"}}     | The subject must be specified.
            blocks             | "Template":{"TemplateContent":{"Subject":"s","Text":"{{#if a}}{{/if}}"}} | A template that is not stored can have attributes only, no blocks and no partials.
            a broken template  | "Template":{"TemplateContent":{"Subject":"s","Text":"{{a"}} | A tag is not closed: {{a
            broken data        | "Template":{"TemplateContent":{"Subject":"s","Text":"t"},"TemplateData":"x"} | The template data is invalid
            our own header     | "Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Headers":[{"Name":"bcc","Value":"x@y.z"}]} | Header <bcc> cannot be set.
            a content header   | "Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Headers":[{"Name":"Content-Type","Value":"x"}]} | Header <Content-Type> cannot be set.
            no media type      | "Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Attachments":[{"FileName":"f","RawContent":"AA==","ContentType":"x"}]} | Invalid attachment <f>: not a media type: x
            a header in the id | "Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}},"Attachments":[{"FileName":"f","RawContent":"AA==","ContentId":"a\\r\\nX: y"}]} | Invalid attachment <f>: not a content id: a\\r\\nX: y
            no body            | "Simple":{"Subject":{"Data":"s"},"Body":{}}     | The message body must have a text or an HTML part.
            """)
    void whatIsRefused(String name, String content, String words) throws IOException {
        WireResponse refused = send(content.replace("SIMPLE", SIMPLE), "");
        assertThat(refusal(refused)).isEqualTo("BadRequestException: " + words.translateEscapes());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(sendings.sent).isEmpty();
    }

    @Test
    void aHeadersValueCannotEndIt() throws IOException {
        String header = "\"Simple\":{\"Subject\":{\"Data\":\"s\"},\"Body\":{\"Text\":{\"Data\":\"t\"}},"
                + "\"Headers\":[{\"Name\":\"X-A\",\"Value\":\"a\\r\\nBcc: x@y.z\"}]}";
        assertThat(refusal(send(header, ""))).startsWith("BadRequestException: ");
        assertThat(sendings.sent).isEmpty();
    }

    @Test
    void noSender() throws IOException {
        assertThat(refusal(sendings.rest(
                        "POST",
                        "/outbound-emails",
                        "{\"Destination\":{\"ToAddresses\":[\"b@example.org\"]},\"Content\":{" + SIMPLE + "}}")))
                .isEqualTo("BadRequestException: Missing required header 'From'.");
    }

    @Test
    void aListHasOneRecipient() throws IOException {
        assertThat(refusal(sendings.rest(
                        "POST",
                        "/outbound-emails",
                        "{\"FromEmailAddress\":\"a@b.c\",\"Destination\":{\"ToAddresses\":[\"b@example.org\",\"c@example.org\"]},"
                                + "\"ListManagementOptions\":{\"ContactListName\":\"l\"},\"Content\":{" + SIMPLE
                                + "}}")))
                .isEqualTo("BadRequestException: A message with ListManagementOptions can have one recipient only.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            NOT_VERIFIED, MessageRejected, 400
            MESSAGE_REJECTED, MessageRejected, 400
            INVALID_PARAMETER, BadRequestException, 400
            TOO_LARGE, BadRequestException, 400
            CONFIGURATION_SET_UNKNOWN, NotFoundException, 404
            CONFIGURATION_SET_PAUSED, SendingPausedException, 400
            ACCOUNT_PAUSED, SendingPausedException, 400
            MAIL_FROM_NOT_VERIFIED, MailFromDomainNotVerifiedException, 400
            CONTACT_LIST_UNKNOWN, NotFoundException, 404
            RATE_EXCEEDED, TooManyRequestsException, 429
            DAILY_QUOTA_EXCEEDED, TooManyRequestsException, 429
            """)
    void theSendersRefusals(Reason reason, String error, int status) throws IOException {
        sendings.refusals.put("b", new SendRefusedException(reason, "SES' words"));
        WireResponse refused = send(SIMPLE, "");
        assertThat(refusal(refused)).isEqualTo(error + ": SES' words");
        assertThat(refused.status()).isEqualTo(status);
    }

    @Test
    void aStoredTemplateByNameAndByArn() throws IOException {
        template("Hi {{name}}", "{{#each l}}{{this}}{{/each}}");
        for (String by : new String[] {
            "\"TemplateName\":\"t\"", "\"TemplateArn\":\"arn:aws:ses:us-east-1:123456789012:template/t\""
        }) {
            assertThat(send(
                                    "\"Template\":{" + by
                                            + ",\"TemplateData\":\"{\\\"name\\\":\\\"Bob\\\",\\\"l\\\":[1,2]}\","
                                            + "\"Headers\":[{\"Name\":\"X-A\",\"Value\":\"b\"}]}",
                                    "")
                            .status())
                    .isEqualTo(200);
            assertThat(sendings.lastMail().header().subject()).contains("Hi Bob");
            assertThat(sendings.lastMail().text()).isEqualTo("12\r\n");
            assertThat(sendings.lastMail().header().first("X-A")).isPresent();
        }
        assertThat(refusal(send("\"Template\":{\"TemplateName\":\"none\"}", "")))
                .isEqualTo("NotFoundException: Template none does not exist.");
        assertThat(refusal(
                        send("\"Template\":{\"TemplateArn\":\"arn:aws:ses:us-east-1:999999999999:template/t\"}", "")))
                .isEqualTo("NotFoundException: Template t does not exist.");
    }

    @Test
    void aTemplateOfTheRequest() throws IOException {
        assertThat(send(
                                "\"Template\":{\"TemplateContent\":{\"Subject\":\"{{s}}\",\"Html\":\"<b>{{s}}</b>\"},"
                                        + "\"TemplateData\":\"{\\\"s\\\":\\\"&\\\"}\"}",
                                "")
                        .status())
                .isEqualTo(200);
        assertThat(sendings.lastMail().html()).isEqualTo("<b>&</b>\r\n");
    }

    @Test
    void aFailingRenderingIsAcceptedAndTold() throws IOException {
        template("Hi {{name}}", "x");
        assertThat(send("\"Template\":{\"TemplateName\":\"t\"}", "").status()).isEqualTo(200);
        assertThat(sendings.sent).isEmpty();
        assertThat(sendings.told).singleElement().satisfies(event -> assertThat(
                        ((MailEvent.RenderingFailed) event).errorMessage())
                .isEqualTo("Attribute 'name' is not present in the rendering data."));
    }

    @Test
    void aBulkEndsInAStatusForEach() throws IOException {
        template("Hi {{name}}", "x");
        sendings.refusals.put(
                "late", new SendRefusedException(Reason.DAILY_QUOTA_EXCEEDED, "Daily message quota exceeded."));
        WireResponse response = sendings.rest("POST", "/outbound-bulk-emails", """
                {"FromEmailAddress": "a@example.com",
                 "DefaultEmailTags": [{"Name": "n", "Value": "1"}],
                 "DefaultContent": {"Template": {"TemplateName": "t", "TemplateData": "{\\"name\\":\\"you\\"}",
                   "Headers": [{"Name": "X-A", "Value": "all"}, {"Name": "X-B", "Value": "all"}]}},
                 "BulkEmailEntries": [
                   {"Destination": {"ToAddresses": ["b@example.org"]}},
                   {"Destination": {"ToAddresses": ["c@example.org"]},
                    "ReplacementTags": [{"Name": "n", "Value": "2"}],
                    "ReplacementHeaders": [{"Name": "x-a", "Value": "own"}],
                    "ReplacementEmailContent": {"ReplacementTemplate": {"ReplacementTemplateData": "{\\"name\\":\\"C\\"}"}}},
                   {"Destination": {"ToAddresses": ["late@example.org"]}},
                   {"Destination": {}}]}
                """);
        assertThat(text(response))
                .isEqualTo(
                        "{\"BulkEmailEntryResults\":[{\"Status\":\"SUCCESS\",\"MessageId\":\"" + Sendings.ID
                                + "\"},{\"Status\":\"SUCCESS\",\"MessageId\":\"" + Sendings.ID
                                + "\"},{\"Status\":\"ACCOUNT_DAILY_QUOTA_EXCEEDED\",\"Error\":\"Daily message quota exceeded.\"},"
                                + "{\"Status\":\"INVALID_PARAMETER\",\"Error\":\"At least one recipient must be specified.\"}]}");
        assertThat(sendings.last().tags()).isEqualTo(Map.of("n", "2"));
        assertThat(sendings.lastMail().header().subject()).contains("Hi C");
        assertThat(sendings.lastMail().header().first("X-A").orElseThrow().value())
                .isEqualTo("own");
        assertThat(sendings.lastMail().header().first("X-B").orElseThrow().value())
                .isEqualTo("all");
        assertThat(json(response).at("/BulkEmailEntryResults")).hasSize(4);
    }

    @Test
    void whatIsWrongWithAllIsSaidOnce() throws IOException {
        template("s", "t");
        sendings.refusals.put(
                "b",
                new SendRefusedException(Reason.CONFIGURATION_SET_UNKNOWN, "Configuration set <x> does not exist."));
        assertThat(refusal(sendings.rest("POST", "/outbound-bulk-emails", """
                {"FromEmailAddress": "a@example.com", "ConfigurationSetName": "x",
                 "DefaultContent": {"Template": {"TemplateName": "t"}},
                 "BulkEmailEntries": [{"Destination": {"ToAddresses": ["b@example.org"]}}]}
                """)))
                .isEqualTo("NotFoundException: Configuration set <x> does not exist.");
    }
}
