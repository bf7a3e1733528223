package io.waypost.api.sending;

import static io.waypost.api.sending.Sendings.json;
import static io.waypost.api.sending.Sendings.refusal;
import static io.waypost.api.sending.Sendings.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.WireResponse;
import io.waypost.message.MessageContent;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.TypeDetector;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import io.waypost.outbound.port.Suppressed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates and the account in both APIs, each answer to the letter. */
class TemplateAndAccountTest {

    private static final String HEAD = " xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\">";
    private static final String TAIL = "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>";

    private Sendings sendings;

    @BeforeEach
    void begin() throws IOException {
        sendings = new Sendings();
    }

    private void answers(String inside, String action, String... parameters) {
        WireResponse response = sendings.query(action, parameters);
        assertThat(text(response).replaceFirst("^<\\?xml[^>]*\\?>\\s*", "").replaceAll("<(\\w+)></\\1>", "<$1/>"))
                .isEqualTo("<" + action + "Response" + HEAD + inside + TAIL + "</" + action + "Response>");
        assertThat(response.status()).isEqualTo(200);
    }

    private void restAnswers(String json, String method, String path, String body) {
        WireResponse response = sendings.rest(method, path, body.isEmpty() ? null : body);
        assertThat(text(response)).isEqualTo(json);
        assertThat(response.status()).isEqualTo(200);
    }

    private void create(String name) {
        answers(
                "<CreateTemplateResult/>",
                "CreateTemplate",
                "Template.TemplateName",
                name,
                "Template.SubjectPart",
                "Hi {{name}}",
                "Template.TextPart",
                "T\r\n{{name}}",
                "Template.HtmlPart",
                "<p>{{name}}</p>");
    }

    @Test
    void aTemplatesLifeInTheApiOf2010() throws IOException {
        create("t");
        assertThat(refusal(sendings.query(
                        "CreateTemplate",
                        "Template.TemplateName",
                        "t",
                        "Template.SubjectPart",
                        "s",
                        "Template.TextPart",
                        "t")))
                .isEqualTo("AlreadyExists: Template t already exists.");
        answers(
                "<GetTemplateResult><Template><TemplateName>t</TemplateName><SubjectPart>Hi {{name}}</SubjectPart>"
                        + "<TextPart>T&#xD;\n{{name}}</TextPart><HtmlPart>&lt;p&gt;{{name}}&lt;/p&gt;</HtmlPart></Template></GetTemplateResult>",
                "GetTemplate",
                "TemplateName",
                "t");
        answers(
                "<ListTemplatesResult><TemplatesMetadata><member><Name>t</Name><CreatedTimestamp>2026-11-25T12:00:00Z</CreatedTimestamp>"
                        + "</member></TemplatesMetadata></ListTemplatesResult>",
                "ListTemplates");
        answers(
                "<UpdateTemplateResult/>",
                "UpdateTemplate",
                "Template.TemplateName",
                "t",
                "Template.SubjectPart",
                "new",
                "Template.TextPart",
                "x");
        answers(
                "<GetTemplateResult><Template><TemplateName>t</TemplateName><SubjectPart>new</SubjectPart><TextPart>x</TextPart>"
                        + "</Template></GetTemplateResult>",
                "GetTemplate",
                "TemplateName",
                "t");
        answers("<DeleteTemplateResult/>", "DeleteTemplate", "TemplateName", "t");
        answers("<DeleteTemplateResult/>", "DeleteTemplate", "TemplateName", "t");
        assertThat(refusal(sendings.query("GetTemplate", "TemplateName", "t")))
                .isEqualTo("TemplateDoesNotExist: Template t does not exist.");
        assertThat(refusal(sendings.query(
                        "UpdateTemplate",
                        "Template.TemplateName",
                        "t",
                        "Template.SubjectPart",
                        "s",
                        "Template.TextPart",
                        "t")))
                .isEqualTo("TemplateDoesNotExist: Template t does not exist.");
    }

    @Test
    void aTemplatesLifeInTheApiOf2019() throws IOException {
        String content = "\"TemplateContent\":{\"Subject\":\"s\",\"Text\":\"t\",\"Html\":\"h\"}";
        restAnswers(
                "{}",
                "POST",
                "/templates",
                "{\"TemplateName\":\"t\"," + content + ",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}");
        assertThat(refusal(sendings.rest("POST", "/templates", "{\"TemplateName\":\"t\"," + content + "}")))
                .isEqualTo("AlreadyExistsException: Template t already exists.");
        restAnswers(
                "{\"TemplateName\":\"t\"," + content + ",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}",
                "GET",
                "/templates/t",
                "");
        restAnswers(
                "{\"TemplatesMetadata\":[{\"TemplateName\":\"t\",\"CreatedTimestamp\":1795608000}]}",
                "GET",
                "/templates",
                "");
        restAnswers("{}", "PUT", "/templates/t", "{\"TemplateContent\":{\"Subject\":\"n\",\"Html\":\"h\"}}");
        restAnswers(
                "{\"TemplateName\":\"t\",\"TemplateContent\":{\"Subject\":\"n\",\"Html\":\"h\"},\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}",
                "GET",
                "/templates/t",
                "");
        // One state behind both.
        assertThat(text(sendings.query("GetTemplate", "TemplateName", "t"))).contains("<SubjectPart>n</SubjectPart>");
        restAnswers("{}", "DELETE", "/templates/t", "");
        for (String method : new String[] {"GET", "DELETE"}) {
            assertThat(refusal(sendings.rest(method, "/templates/t", null)))
                    .isEqualTo("NotFoundException: Template t does not exist.");
        }
    }

    @Test
    void pages() throws IOException {
        IntStream.range(0, 12).forEach(i -> create("t" + (char) ('a' + i)));
        var first = json(sendings.rest("GET", "/templates", null));
        assertThat(first.path("TemplatesMetadata")).hasSize(10);
        var second = json(sendings.rest(
                "GET", "/templates?NextToken=" + first.path("NextToken").asText(), null));
        assertThat(second.path("TemplatesMetadata")).hasSize(2);
        assertThat(second.has("NextToken")).isFalse();
        assertThat(json(sendings.rest("GET", "/templates?PageSize=100", null)).path("TemplatesMetadata"))
                .hasSize(12);
        assertThat(text(sendings.query("ListTemplates", "MaxItems", "1"))).contains("<Name>ta</Name>", "<NextToken>");
        assertThat(refusal(sendings.query("ListTemplates", "MaxItems", "0"))).startsWith("InvalidParameterValue: ");
        assertThat(refusal(sendings.query("ListTemplates", "NextToken", "%"))).startsWith("InvalidParameterValue: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            no subject    | t     | ``      | x        | InvalidTemplate: The subject must be specified.
            no template   | t     | s       | {{#if a} | InvalidTemplate: A tag is not closed: {{#if a}
            no partial    | t     | s       | {{> p}}  | InvalidTemplate: There is no inline partial p
            no name       | ``    | s       | x        | InvalidParameterValue: The template name must be specified.
            a long name   | LONG  | s       | x        | InvalidParameterValue: A template's name has at most 64 characters, letters, numbers and signs: LONG
            too large     | t     | s       | LARGE    | InvalidTemplate: The template is longer than 512000 bytes.
            """)
    void whatIsNoTemplate(String name, String template, String subject, String text, String expected)
            throws IOException {
        String longName = "x".repeat(65);
        assertThat(refusal(sendings.query(
                        "CreateTemplate",
                        "Template.TemplateName",
                        template.replace("LONG", longName),
                        "Template.SubjectPart",
                        subject,
                        "Template.TextPart",
                        text.replace("LARGE", "x".repeat(512_000)))))
                .isEqualTo(expected.replace("LONG", longName));
        assertThat(sendings.rest(
                                "POST",
                                "/templates",
                                "{\"TemplateName\":\"" + template + "\",\"TemplateContent\":{\"Text\":\"x\"}}")
                        .headers())
                .containsEntry("x-amzn-errortype", "BadRequestException");
    }

    @Test
    void aTestRenderingIsAWholeMessage() throws IOException {
        create("t");
        String answer = json(sendings.rest(
                        "POST", "/templates/t/render", "{\"TemplateData\":\"{\\\"name\\\":\\\"J\u00f6rg\\\"}\"}"))
                .path("RenderedTemplate")
                .asText();
        var mail = new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE)
                .read(MessageContent.of(answer.getBytes(StandardCharsets.UTF_8)).open());
        assertThat(mail.defects()).isEmpty();
        assertThat(mail.header().date().orElseThrow().toInstant()).isEqualTo(Sendings.NOW);
        assertThat(mail.header().messageId()).isPresent();
        assertThat(mail.header().first("From")).isEmpty();
        assertThat(mail.header().subject()).contains("Hi J\u00f6rg");
        assertThat(mail.text()).isEqualTo("T\r\nJ\u00f6rg");
        assertThat(mail.html()).isEqualTo("<p>J\u00f6rg</p>");
        assertThat(text(sendings.query("TestRenderTemplate", "TemplateName", "t", "TemplateData", "{\"name\":1}")))
                .contains("<TestRenderTemplateResult><RenderedTemplate>Date: Wed, 25 Nov 2026 12:00:00 +0000");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            missing | t    | {"x":1} | MissingRenderingAttribute | BadRequestException | Attribute 'name' is not present in the rendering data.
            no JSON | t    | []      | InvalidRenderingParameter | BadRequestException | The template data must be a JSON object.
            unknown | none | {}      | TemplateDoesNotExist      | NotFoundException   | Template none does not exist.
            """)
    void aTestRenderingSaysWhatFails(String name, String template, String data, String code, String error, String words)
            throws IOException {
        create("t");
        assertThat(refusal(sendings.query("TestRenderTemplate", "TemplateName", template, "TemplateData", data)))
                .isEqualTo(code + ": " + words);
        assertThat(refusal(sendings.rest(
                        "POST",
                        "/templates/" + template + "/render",
                        "{\"TemplateData\":\"" + data.replace("\"", "\\\"") + "\"}")))
                .isEqualTo(error + ": " + words);
    }

    @Test
    void anAccountIsPausedByEitherApi() {
        answers(
                "<GetAccountSendingEnabledResult><Enabled>true</Enabled></GetAccountSendingEnabledResult>",
                "GetAccountSendingEnabled");
        answers("<UpdateAccountSendingEnabledResult/>", "UpdateAccountSendingEnabled", "Enabled", "false");
        assertThat(sendings.accounts.of(Sendings.HOME).enabled()).isFalse();
        restAnswers("{}", "PUT", "/account/sending", "{\"SendingEnabled\":true}");
        assertThat(sendings.accounts.of(Sendings.HOME).enabled()).isTrue();
    }

    @Test
    void quotaAndStatistics() throws SendRefusedException, IOException {
        sendings.quota.take(Sendings.HOME, 1);
        answers(
                "<GetSendQuotaResult><Max24HourSend>200.0</Max24HourSend><MaxSendRate>1.0</MaxSendRate>"
                        + "<SentLast24Hours>1.0</SentLast24Hours></GetSendQuotaResult>",
                "GetSendQuota");
        answers("<GetSendStatisticsResult><SendDataPoints/></GetSendStatisticsResult>", "GetSendStatistics");
    }

    @Test
    void aNewAccountInTheApiOf2019() {
        restAnswers(
                "{\"DedicatedIpAutoWarmupEnabled\":true,\"EnforcementStatus\":\"HEALTHY\",\"ProductionAccessEnabled\":false,"
                        + "\"SendQuota\":{\"Max24HourSend\":200.0,\"MaxSendRate\":1.0,\"SentLast24Hours\":0.0},\"SendingEnabled\":true,"
                        + "\"SuppressionAttributes\":{\"SuppressedReasons\":[\"BOUNCE\",\"COMPLAINT\"]}}",
                "GET",
                "/account",
                "");
    }

    @Test
    void detailsLeadOutOfTheSandboxAndEverythingStays() throws IOException {
        restAnswers("{}", "POST", "/account/details", """
                {"MailType":"TRANSACTIONAL","WebsiteURL":"https://example.com","ContactLanguage":"EN","UseCaseDescription":"u",
                 "AdditionalContactEmailAddresses":["ops@example.com"],"ProductionAccessEnabled":true}""");
        assertThat(sendings.accounts.of(Sendings.HOME)).isEqualTo(new Allowance(true, false, 5000, 14));
        restAnswers("{}", "PUT", "/account/suppression", "{\"SuppressedReasons\":[\"COMPLAINT\"]}");
        restAnswers("{}", "PUT", "/account/dedicated-ips/warmup", "{}");
        restAnswers(
                "{}",
                "PUT",
                "/account/vdm",
                "{\"VdmAttributes\":{\"VdmEnabled\":\"ENABLED\",\"DashboardAttributes\":{\"EngagementMetrics\":\"ENABLED\"}}}");
        sendings = new Sendings(sendings.settings);
        assertThat(sendings.accounts.suppressedReasons(Sendings.HOME)).containsExactly(Suppressed.COMPLAINT);
        restAnswers(
                "{\"DedicatedIpAutoWarmupEnabled\":false,\"EnforcementStatus\":\"HEALTHY\",\"ProductionAccessEnabled\":true,"
                        + "\"SendQuota\":{\"Max24HourSend\":5000.0,\"MaxSendRate\":14.0,\"SentLast24Hours\":0.0},\"SendingEnabled\":true,"
                        + "\"SuppressionAttributes\":{\"SuppressedReasons\":[\"COMPLAINT\"]},\"Details\":{\"MailType\":\"TRANSACTIONAL\","
                        + "\"WebsiteURL\":\"https://example.com\",\"ContactLanguage\":\"EN\",\"UseCaseDescription\":\"u\","
                        + "\"AdditionalContactEmailAddresses\":[\"ops@example.com\"],\"ReviewDetails\":{\"Status\":\"GRANTED\"}},"
                        + "\"VdmAttributes\":{\"VdmEnabled\":\"ENABLED\",\"DashboardAttributes\":{\"EngagementMetrics\":\"ENABLED\"}}}",
                "GET",
                "/account",
                "");
    }

    @Test
    void theReasonsStandInTheStoreForOthersToRead() {
        restAnswers("{}", "PUT", "/account/suppression", "{\"SuppressedReasons\":[\"BOUNCE\"]}");
        assertThat(sendings.settings.list("account-sending"))
                .singleElement()
                .satisfies(setting -> assertThat(setting.text()).contains("\"suppressedReasons\":[\"BOUNCE\"]"));
    }

    @Test
    void aChangeThatIsNotStoredIsNoneAtAll() {
        sendings.settings.broken(true);
        assertThat(sendings.query("UpdateAccountSendingEnabled", "Enabled", "false")
                        .status())
                .isEqualTo(500);
        assertThat(sendings.accounts.of(Sendings.HOME).enabled()).isTrue();
    }
}
