package io.waypost.api.sending;

import static io.waypost.api.FrontCalls.json;
import static io.waypost.api.FrontCalls.refusal;
import static io.waypost.api.FrontCalls.result;
import static io.waypost.api.FrontCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.FrontCalls;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Tokens;
import io.waypost.api.identity.Verification;
import io.waypost.api.identity.confirm.ConfirmationPage;
import io.waypost.api.identity.confirm.OwnQuestions;
import io.waypost.api.identity.v2.TagOperations;
import io.waypost.api.verification.VerificationFamily;
import io.waypost.api.verification.VerificationTemplateBook;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verification mails in words of an account's own, in both APIs. */
class CustomVerificationTest {

    private static final String ADDRESS = "ann@customer.test";
    private static final String JSON = """
            {"TemplateName":"t","FromEmailAddress":"News <news@shop.test>","TemplateSubject":"Please confirm",\
            "TemplateContent":"<p>Hello</p>","SuccessRedirectionURL":"https://shop.test/yes?a=b",\
            "FailureRedirectionURL":"https://shop.test/no"%s}""";
    private static final Pattern LINK =
            Pattern.compile("https://mail\\.host\\.test/verify\\?(token=[A-Za-z0-9_-]{43})");

    @TempDir
    Path folder;

    private Setup setup;
    private Sendings sendings;
    private FrontCalls calls;
    private ConfirmationPage page;

    @BeforeEach
    void begin() throws Exception {
        setup = new Setup(folder, Verification.DNS);
        setup.restart(List.of("shop.test"));
        sendings = new Sendings();
        open(Verification.DNS);
        production();
    }

    private void open(Verification verification) {
        VerificationTemplateBook book = new VerificationTemplateBook(sendings.settings, setup.clock);
        OwnQuestions questions = new OwnQuestions(
                setup.book,
                verification,
                URI.create("https://mail.host.test/"),
                new Tokens(new Random(3)),
                setup.clock);
        calls = new FrontCalls(
                new Operations.Builder()
                        .add(new VerificationFamily(book, setup.book))
                        .add(sendings.family.verifications(book, questions))
                        .add(new TagOperations(List.of(book, sendings.family.templateTags())))
                        .build(),
                Setup.HERE);
        page = new ConfirmationPage(setup.confirmations);
    }

    private void production() {
        sendings.rest(
                "POST",
                "/account/details",
                "{\"MailType\":\"MARKETING\",\"WebsiteURL\":\"https://shop.test\",\"ProductionAccessEnabled\":true}");
    }

    private void create() {
        assertThat(text(calls.rest("POST", "/custom-verification-email-templates", JSON.formatted(""))))
                .isEqualTo("{}");
    }

    private WireResponse send() {
        return calls.query("SendCustomVerificationEmail", "EmailAddress", ADDRESS, "TemplateName", "t");
    }

    private String token() throws Exception {
        Matcher link = LINK.matcher(sendings.lastMail().text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private WireResponse page(String method, String token) {
        boolean get = method.equals("GET");
        return page.answer(new WireRequest(
                method, "/verify", get ? token : "", Map.of(), (get ? "" : token).getBytes(StandardCharsets.US_ASCII)));
    }

    private void leadsTo(String url, WireResponse response) {
        assertThat(response.status()).isEqualTo(303);
        assertThat(response.headers()).containsEntry("Location", url).containsEntry("Referrer-Policy", "no-referrer");
    }

    @Test
    void aTemplatesLifeInTheApiOf2010() throws Exception {
        assertThat(result(calls.query(
                        "CreateCustomVerificationEmailTemplate",
                        "TemplateName",
                        "t",
                        "FromEmailAddress",
                        "news@shop.test",
                        "TemplateSubject",
                        "Please confirm",
                        "TemplateContent",
                        "<p>Hello</p>",
                        "SuccessRedirectionURL",
                        "https://shop.test/yes",
                        "FailureRedirectionURL",
                        "https://shop.test/no")))
                .isEmpty();
        calls.query(
                "UpdateCustomVerificationEmailTemplate",
                "TemplateName",
                "t",
                "TemplateSubject",
                "Confirm, please",
                "SuccessRedirectionURL",
                "http://shop.test/good");
        assertThat(result(calls.query("GetCustomVerificationEmailTemplate", "TemplateName", "t")))
                .isEqualTo("<TemplateName>t</TemplateName><FromEmailAddress>news@shop.test</FromEmailAddress>"
                        + "<TemplateSubject>Confirm, please</TemplateSubject>"
                        + "<TemplateContent>&lt;p&gt;Hello&lt;/p&gt;</TemplateContent>"
                        + "<SuccessRedirectionURL>http://shop.test/good</SuccessRedirectionURL>"
                        + "<FailureRedirectionURL>https://shop.test/no</FailureRedirectionURL>");
        assertThat(result(calls.query("ListCustomVerificationEmailTemplates")))
                .isEqualTo("<CustomVerificationEmailTemplates><member><TemplateName>t</TemplateName>"
                        + "<FromEmailAddress>news@shop.test</FromEmailAddress>"
                        + "<TemplateSubject>Confirm, please</TemplateSubject>"
                        + "<SuccessRedirectionURL>http://shop.test/good</SuccessRedirectionURL>"
                        + "<FailureRedirectionURL>https://shop.test/no</FailureRedirectionURL></member>"
                        + "</CustomVerificationEmailTemplates>");
        calls.query("DeleteCustomVerificationEmailTemplate", "TemplateName", "t");
        assertThat(refusal(calls.query("GetCustomVerificationEmailTemplate", "TemplateName", "t")))
                .isEqualTo("CustomVerificationEmailTemplateDoesNotExist:"
                        + " Custom verification email template <t> does not exist.");
        assertThat(calls.query("DeleteCustomVerificationEmailTemplate", "TemplateName", "t")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTemplatesLifeInTheApiOf2019() throws Exception {
        String tags = ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"post\"}]";
        assertThat(text(calls.rest("POST", "/custom-verification-email-templates", JSON.formatted(tags))))
                .isEqualTo("{}");
        assertThat(text(calls.rest("GET", "/custom-verification-email-templates/t", null)))
                .isEqualTo("{\"TemplateName\":\"t\",\"FromEmailAddress\":\"News <news@shop.test>\","
                        + "\"TemplateSubject\":\"Please confirm\",\"TemplateContent\":\"<p>Hello</p>\","
                        + "\"Tags\":[{\"Key\":\"team\",\"Value\":\"post\"}],"
                        + "\"SuccessRedirectionURL\":\"https://shop.test/yes?a=b\","
                        + "\"FailureRedirectionURL\":\"https://shop.test/no\"}");
        String arn = "arn:aws:ses:us-east-1:123456789012:custom-verification-email-template/t";
        calls.rest("POST", "/tags", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");
        calls.rest("DELETE", "/tags?ResourceArn=" + arn + "&TagKeys=team", null);
        assertThat(text(calls.rest("GET", "/tags?ResourceArn=" + arn, null)))
                .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");
        assertThat(json(calls.rest("GET", "/custom-verification-email-templates?PageSize=1", null))
                        .path("CustomVerificationEmailTemplates")
                        .size())
                .isEqualTo(1);
        assertThat(refusal(calls.rest("POST", "/custom-verification-email-templates", JSON.formatted(""))))
                .isEqualTo("AlreadyExistsException: Custom verification email template <t> already exists.");
        assertThat(text(calls.rest("DELETE", "/custom-verification-email-templates/t", null)))
                .isEqualTo("{}");
        assertThat(refusal(calls.rest("DELETE", "/custom-verification-email-templates/t", null)))
                .startsWith("NotFoundException: ");
    }

    @Test
    void thereAreFiftyAtMost() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(calls.rest(
                                    "POST",
                                    "/custom-verification-email-templates",
                                    JSON.formatted("").replace("\"t\"", "\"t" + i + "\""))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(refusal(calls.rest("POST", "/custom-verification-email-templates", JSON.formatted(""))))
                .isEqualTo("LimitExceededException: There are 50 templates already, and no more can be made.");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            TemplateName | a b | InvalidParameterValue: Invalid template name <a b>: only letters, digits, '_', and '-' are allowed, at most 64 of them.
            FromEmailAddress | x@other.test | FromEmailAddressNotVerified: The from email address <x@other.test> is not verified.
            FromEmailAddress | nobody | InvalidParameterValue: Invalid email address<nobody>.
            TemplateContent | <script>x</script> | CustomVerificationEmailInvalidContent: The tag <script> is not allowed.
            SuccessRedirectionURL | ftp://shop.test | InvalidParameterValue: Value at 'SuccessRedirectionURL' is no URL with http or https.
            SuccessRedirectionURL | https:///x | InvalidParameterValue: Value at 'SuccessRedirectionURL' is no URL with http or https.
            FailureRedirectionURL | javascript:x | InvalidParameterValue: Value at 'FailureRedirectionURL' is no URL with http or https.
            FailureRedirectionURL | https://a@shop.test/ | InvalidParameterValue: Value at 'FailureRedirectionURL' is no URL with http or https.
            """)
    void whatCannotBeSentIsRefused(String member, String value, String refusal) throws Exception {
        Map<String, String> parts = new LinkedHashMap<>(Map.of(
                "TemplateName", "t",
                "FromEmailAddress", "news@shop.test",
                "TemplateSubject", "s",
                "TemplateContent", "c",
                "SuccessRedirectionURL", "https://shop.test/yes",
                "FailureRedirectionURL", "https://shop.test/no"));
        parts.put(member, value);
        String[] parameters = parts.entrySet().stream()
                .flatMap(part -> Stream.of(part.getKey(), part.getValue()))
                .toArray(String[]::new);
        assertThat(refusal(calls.query("CreateCustomVerificationEmailTemplate", parameters)))
                .isEqualTo(refusal);
    }

    @Test
    void followingTheLinkVerifiesAndLeadsOn() throws Exception {
        create();
        assertThat(result(send())).isEqualTo("<MessageId>" + Sendings.ID + "</MessageId>");
        assertThat(sendings.last().operation()).isEqualTo("SendCustomVerificationEmail");
        assertThat(sendings.last().destinations()).hasToString("[" + ADDRESS + "]");
        assertThat(sendings.lastMail().header().subject()).contains("Please confirm");
        assertThat(sendings.lastContent()).contains("From: News <news@shop.test>");
        assertThat(setup.identity(ADDRESS).state()).hasToString("PENDING");
        assertThat(setup.sent).as("no other mail").isEmpty();

        String token = token();
        WireResponse asked = page("GET", token);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.headers().get("Content-Security-Policy")).contains("form-action 'self' https: http:;");
        assertThat(setup.identity(ADDRESS).isVerified())
                .as("looking changes nothing")
                .isFalse();
        leadsTo("https://shop.test/yes?a=b", page("POST", token));
        assertThat(setup.identity(ADDRESS).isVerified()).isTrue();

        setup.restart(List.of("shop.test"));
        open(Verification.DNS);
        leadsTo("https://shop.test/yes?a=b", page("GET", token));
        leadsTo("https://shop.test/yes?a=b", page("POST", token));
    }

    @Test
    void aLinkThatIsTooOldLeadsToTheFailure() throws Exception {
        create();
        send();
        setup.clock.forward(Duration.ofHours(24));
        leadsTo("https://shop.test/no", page("GET", token()));
        leadsTo("https://shop.test/no", page("POST", token()));
        assertThat(setup.identity(ADDRESS).isVerified()).isFalse();
    }

    @Test
    void whoIsVerifiedIsAskedAllTheSameAndStaysSo() throws Exception {
        create();
        send();
        page("POST", token());
        assertThat(refusal(send()))
                .isEqualTo("Throttling: The owner of ann@customer.test was asked less than a minute ago.");
        setup.clock.forward(Duration.ofMinutes(1));
        assertThat(send().status()).isEqualTo(200);
        assertThat(setup.identity(ADDRESS).isVerified()).isTrue();
        leadsTo("https://shop.test/yes?a=b", page("GET", token()));
    }

    @Test
    void withoutProofAnAddressIsVerifiedWhenItIsAsked() throws Exception {
        open(Verification.AT_ONCE);
        create();
        send();
        assertThat(setup.identity(ADDRESS).isVerified()).isTrue();
        leadsTo("https://shop.test/yes?a=b", page("GET", token()));
    }

    @Test
    void whatIsNotSentLeavesNothingBehind() throws Exception {
        create();
        sendings.refusals.put("ann", new SendRefusedException(Reason.ACCOUNT_PAUSED, "Paused."));
        assertThat(refusal(send())).isEqualTo("AccountSendingPausedException: Paused.");
        assertThat(refusal(calls.rest(
                        "POST",
                        "/outbound-custom-verification-emails",
                        "{\"EmailAddress\":\"" + ADDRESS + "\",\"TemplateName\":\"t\"}")))
                .isEqualTo("SendingPausedException: Paused.");
        sendings.refusals.put("ann", new SendRefusedException(Reason.NOT_VERIFIED, "Not verified."));
        assertThat(refusal(send())).isEqualTo("FromEmailAddressNotVerified: Not verified.");
        assertThat(setup.book.find(Setup.HERE, new IdentityName(ADDRESS))).isEmpty();
        sendings.refusals.clear();
        sendings.broken = true;
        assertThat(send().status()).isEqualTo(500);
        assertThat(setup.book.find(Setup.HERE, new IdentityName(ADDRESS))).isEmpty();
        sendings.broken = false;
        assertThat(send().status()).isEqualTo(200);
    }

    @Test
    void whoMayNotSendHearsWhy() throws Exception {
        assertThat(refusal(send()))
                .isEqualTo("CustomVerificationEmailTemplateDoesNotExist:"
                        + " Custom verification email template <t> does not exist.");
        create();
        assertThat(refusal(calls.query("SendCustomVerificationEmail", "EmailAddress", "x", "TemplateName", "t")))
                .isEqualTo("InvalidParameterValue: Invalid email address<x>.");
        sendings.rest(
                "POST",
                "/account/details",
                "{\"MailType\":\"MARKETING\",\"WebsiteURL\":\"https://shop.test\",\"ProductionAccessEnabled\":false}");
        assertThat(refusal(send())).startsWith("ProductionAccessNotGranted: ");
    }

    @Test
    void templatesOfMailHaveTags() throws Exception {
        sendings.rest(
                "POST",
                "/templates",
                "{\"TemplateName\":\"m\",\"TemplateContent\":{\"Subject\":\"s\",\"Text\":\"t\"},"
                        + "\"Tags\":[{\"Key\":\"team\",\"Value\":\"post\"}]}");
        String arn = "arn:aws:ses:us-east-1:123456789012:template/m";
        calls.rest("POST", "/tags", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}");
        assertThat(json(sendings.rest("GET", "/templates/m", null)).path("Tags").toString())
                .isEqualTo("[{\"Key\":\"a\",\"Value\":\"b\"},{\"Key\":\"team\",\"Value\":\"post\"}]");
        assertThat(refusal(calls.rest("GET", "/tags?ResourceArn=" + arn + "x", null)))
                .isEqualTo("NotFoundException: Template mx does not exist.");
    }
}
