package io.waypost.api.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every answer of the receiving operations as it goes over the wire, to the letter (SES contract 1.2, 1.3, 4.2). */
class GoldenFormsTest {

    private static final String HEAD = "xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"";
    private static final String TAIL = "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>";

    private Front front;

    @BeforeEach
    void begin() throws IOException {
        Receipts receipts = new Receipts();
        front = new Front(
                receipts.operations,
                (request, service, id) -> new Caller(Receipts.HOME, "AKIA", id),
                () -> "request-1");
    }

    /** @param parameters names and values in turn */
    private WireResponse ask(String action, String... parameters) {
        String form = "Action=" + action + "&Version=2010-12-01"
                + IntStream.range(0, parameters.length / 2)
                        .mapToObj(i -> "&" + parameters[2 * i] + "="
                                + URLEncoder.encode(parameters[2 * i + 1], StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        return front.answer(new WireRequest(
                "POST",
                "/",
                "",
                Map.of("content-type", List.of("application/x-www-form-urlencoded; charset=utf-8")),
                form.getBytes(StandardCharsets.US_ASCII)));
    }

    private void answers(String inside, String action, String... parameters) {
        WireResponse response = ask(action, parameters);
        assertThat(text(response))
                .isEqualTo("<" + action + "Response " + HEAD + ">" + inside + TAIL + "</" + action + "Response>");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("x-amzn-RequestId", "request-1");
    }

    private void refuses(String code, String message, String members, String action, String... parameters) {
        WireResponse response = ask(action, parameters);
        assertThat(text(response))
                .isEqualTo("<ErrorResponse " + HEAD + "><Error><Type>Sender</Type><Code>" + code + "</Code><Message>"
                        + message + "</Message>" + members
                        + "</Error><RequestId>request-1</RequestId></ErrorResponse>");
        assertThat(response.status()).isEqualTo(400);
    }

    private static String text(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8)
                .replaceFirst("^<\\?xml[^>]*\\?>\\s*", "")
                .replaceAll(">\\s+<", "><")
                // Two forms of one thing.
                .replaceAll("<(\\w+)></\\1>", "<$1/>")
                .strip();
    }

    private void aSet() {
        ask("CreateReceiptRuleSet", "RuleSetName", "s");
    }

    @Test
    void answersWithoutMembers() {
        answers("<CreateReceiptRuleSetResult/>", "CreateReceiptRuleSet", "RuleSetName", "s");
        answers(
                "<CreateReceiptRuleResult/>",
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Actions.member.1.StopAction.Scope",
                "RuleSet");
        answers("<UpdateReceiptRuleResult/>", "UpdateReceiptRule", "RuleSetName", "s", "Rule.Name", "r");
        answers("<SetReceiptRulePositionResult/>", "SetReceiptRulePosition", "RuleSetName", "s", "RuleName", "r");
        answers(
                "<ReorderReceiptRuleSetResult/>",
                "ReorderReceiptRuleSet",
                "RuleSetName",
                "s",
                "RuleNames.member.1",
                "r");
        answers("<CloneReceiptRuleSetResult/>", "CloneReceiptRuleSet", "RuleSetName", "t", "OriginalRuleSetName", "s");
        answers("<SetActiveReceiptRuleSetResult/>", "SetActiveReceiptRuleSet", "RuleSetName", "s");
        answers("<SetActiveReceiptRuleSetResult/>", "SetActiveReceiptRuleSet");
        answers("<DeleteReceiptRuleResult/>", "DeleteReceiptRule", "RuleSetName", "s", "RuleName", "r");
        answers("<DeleteReceiptRuleSetResult/>", "DeleteReceiptRuleSet", "RuleSetName", "s");
        answers(
                "<CreateReceiptFilterResult/>",
                "CreateReceiptFilter",
                "Filter.Name",
                "f",
                "Filter.IpFilter.Policy",
                "Block",
                "Filter.IpFilter.Cidr",
                "10.0.0.0/24");
        answers("<DeleteReceiptFilterResult/>", "DeleteReceiptFilter", "FilterName", "f");
    }

    @Test
    void lists() {
        answers("<ListReceiptRuleSetsResult><RuleSets/></ListReceiptRuleSetsResult>", "ListReceiptRuleSets");
        aSet();
        answers(
                "<ListReceiptRuleSetsResult><RuleSets><member><Name>s</Name><CreatedTimestamp>2026-11-25T12:00:00Z"
                        + "</CreatedTimestamp></member></RuleSets></ListReceiptRuleSetsResult>",
                "ListReceiptRuleSets");
        answers("<ListReceiptFiltersResult><Filters/></ListReceiptFiltersResult>", "ListReceiptFilters");
        ask(
                "CreateReceiptFilter",
                "Filter.Name",
                "f",
                "Filter.IpFilter.Policy",
                "Allow",
                "Filter.IpFilter.Cidr",
                "10.0.0.1");
        answers(
                "<ListReceiptFiltersResult><Filters><member><Name>f</Name><IpFilter><Policy>Allow</Policy>"
                        + "<Cidr>10.0.0.1</Cidr></IpFilter></member></Filters></ListReceiptFiltersResult>",
                "ListReceiptFilters");
    }

    @Test
    void descriptions() {
        aSet();
        answers(
                "<DescribeReceiptRuleSetResult><Metadata><Name>s</Name><CreatedTimestamp>2026-11-25T12:00:00Z"
                        + "</CreatedTimestamp></Metadata><Rules/></DescribeReceiptRuleSetResult>",
                "DescribeReceiptRuleSet",
                "RuleSetName",
                "s");
        answers("<DescribeActiveReceiptRuleSetResult/>", "DescribeActiveReceiptRuleSet");
        ask(
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Enabled",
                "true",
                "Rule.ScanEnabled",
                "true",
                "Rule.TlsPolicy",
                "Require",
                "Rule.Recipients.member.1",
                "help@example.com",
                "Rule.Actions.member.1.S3Action.BucketName",
                "mail",
                "Rule.Actions.member.1.S3Action.ObjectKeyPrefix",
                "in",
                "Rule.Actions.member.2.SNSAction.TopicArn",
                "arn:aws:sns:us-east-1:123456789012:t",
                "Rule.Actions.member.3.LambdaAction.FunctionArn",
                "arn:aws:lambda:us-east-1:123456789012:function:f");
        String rule = "<Name>r</Name><Enabled>true</Enabled><TlsPolicy>Require</TlsPolicy>"
                + "<Recipients><member>help@example.com</member></Recipients><Actions>"
                + "<member><S3Action><BucketName>mail</BucketName><ObjectKeyPrefix>in</ObjectKeyPrefix></S3Action></member>"
                + "<member><SNSAction><TopicArn>arn:aws:sns:us-east-1:123456789012:t</TopicArn><Encoding>UTF-8</Encoding></SNSAction></member>"
                + "<member><LambdaAction><FunctionArn>arn:aws:lambda:us-east-1:123456789012:function:f</FunctionArn>"
                + "<InvocationType>Event</InvocationType></LambdaAction></member></Actions>"
                + "<ScanEnabled>true</ScanEnabled>";
        answers(
                "<DescribeReceiptRuleResult><Rule>" + rule + "</Rule></DescribeReceiptRuleResult>",
                "DescribeReceiptRule",
                "RuleSetName",
                "s",
                "RuleName",
                "r");
        ask("SetActiveReceiptRuleSet", "RuleSetName", "s");
        answers(
                "<DescribeActiveReceiptRuleSetResult><Metadata><Name>s</Name><CreatedTimestamp>2026-11-25T12:00:00Z"
                        + "</CreatedTimestamp></Metadata><Rules><member>" + rule
                        + "</member></Rules></DescribeActiveReceiptRuleSetResult>",
                "DescribeActiveReceiptRuleSet");
    }

    @Test
    void errors() {
        refuses(
                "RuleSetDoesNotExist",
                "Rule set does not exist: x",
                "<Name>x</Name>",
                "DescribeReceiptRuleSet",
                "RuleSetName",
                "x");
        aSet();
        refuses(
                "AlreadyExists",
                "Rule set already exists: s",
                "<Name>s</Name>",
                "CreateReceiptRuleSet",
                "RuleSetName",
                "s");
        refuses(
                "RuleDoesNotExist",
                "Rule does not exist: x",
                "<Name>x</Name>",
                "DescribeReceiptRule",
                "RuleSetName",
                "s",
                "RuleName",
                "x");
        ask("SetActiveReceiptRuleSet", "RuleSetName", "s");
        refuses(
                "CannotDelete",
                "Cannot delete active rule set: s",
                "<Name>s</Name>",
                "DeleteReceiptRuleSet",
                "RuleSetName",
                "s");
        refuses(
                "InvalidS3Configuration",
                "Could not write to bucket: bad",
                "<Bucket>bad</Bucket>",
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Actions.member.1.S3Action.BucketName",
                "bad");
        refuses(
                "InvalidSnsTopic",
                "Invalid SNS topic: bad",
                "<Topic>bad</Topic>",
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Actions.member.1.SNSAction.TopicArn",
                "bad");
        refuses(
                "InvalidLambdaFunction",
                "Invalid Lambda function: bad",
                "<FunctionArn>bad</FunctionArn>",
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Actions.member.1.LambdaAction.FunctionArn",
                "bad");
        refuses(
                "ValidationError",
                "1 validation error detected: Value null at 'ruleSetName' failed to satisfy constraint: Member must not be null",
                "",
                "CreateReceiptRuleSet");
        refuses(
                "ValidationError",
                "1 validation error detected: Value null at 'rule.actions.1.member.s3Action.bucketName' failed to satisfy constraint: Member must not be null",
                "",
                "CreateReceiptRule",
                "RuleSetName",
                "s",
                "Rule.Name",
                "r",
                "Rule.Actions.member.1.S3Action.ObjectKeyPrefix",
                "x");
    }
}
