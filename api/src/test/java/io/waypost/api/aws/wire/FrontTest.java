package io.waypost.api.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.AuthenticationException.Fault;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole requests and whole answers, as SES contract 4.1 to 4.3 has them. */
class FrontTest {

    private static final String SES = "xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"";
    private static final String SNS = "xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"";
    private static final String METADATA =
            "<ResponseMetadata><RequestId>" + Doors.REQUEST_ID + "</RequestId></ResponseMetadata>";

    private final Front front = Doors.front(Doors.EVERYBODY);

    private WireResponse ses(String form) {
        return front.answer(Client.form(form + "&Version=2010-12-01"));
    }

    private WireResponse sns(String form) {
        return front.answer(Client.form(form + "&Version=2010-03-31"));
    }

    private static void answers(WireResponse response, int status, String type, String body) {
        assertThat(Doors.body(response)).isEqualTo(body);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers())
                .containsEntry("Content-Type", type)
                .containsEntry("x-amzn-RequestId", Doors.REQUEST_ID);
    }

    @Test
    void aRuleIsDescribed() {
        answers(
                ses("Action=DescribeReceiptRule&RuleSetName=inbound&RuleName=r1"),
                200,
                "text/xml",
                "<DescribeReceiptRuleResponse " + SES + "><DescribeReceiptRuleResult><Rule><Name>r1</Name>"
                        + "<Enabled>true</Enabled><TlsPolicy>Optional</TlsPolicy>"
                        + "<Recipients><member>a@example.com</member><member>b@example.com</member></Recipients>"
                        + "<Actions><member><S3Action><BucketName>mail</BucketName><ObjectKeyPrefix>in</ObjectKeyPrefix></S3Action></member>"
                        + "<member><SNSAction><TopicArn>arn:aws:sns:us-east-1:000000000000:t</TopicArn></SNSAction></member></Actions>"
                        + "</Rule></DescribeReceiptRuleResult>" + METADATA + "</DescribeReceiptRuleResponse>");
    }

    @Test
    void timesAndLettersOfXmlInAnswers() {
        answers(
                ses("Action=ListReceiptRuleSets"),
                200,
                "text/xml",
                "<ListReceiptRuleSetsResponse " + SES
                        + "><ListReceiptRuleSetsResult><RuleSets><member><Name>in&lt;bound</Name>"
                        + "<CreatedTimestamp>2026-01-02T03:04:05.678Z</CreatedTimestamp></member></RuleSets>"
                        + "</ListReceiptRuleSetsResult>" + METADATA + "</ListReceiptRuleSetsResponse>");
    }

    @Test
    void anEmptyResultIsThere() {
        answers(
                ses("Action=CreateReceiptRule&RuleSetName=s&Rule.Name=r&Rule.Recipients="),
                200,
                "text/xml",
                "<CreateReceiptRuleResponse " + SES + "><CreateReceiptRuleResult></CreateReceiptRuleResult>" + METADATA
                        + "</CreateReceiptRuleResponse>");
        answers(
                ses("Action=VerifyEmailAddress&EmailAddress=a%40b"),
                200,
                "text/xml",
                "<VerifyEmailAddressResponse " + SES + "><VerifyEmailAddressResult/>" + METADATA
                        + "</VerifyEmailAddressResponse>");
    }

    @Test
    void aTopicServiceHasNoResultWhereItsModelHasNone() {
        answers(
                sns("Action=DeleteTopic&TopicArn=t"),
                200,
                "text/xml",
                "<DeleteTopicResponse " + SNS + ">" + METADATA + "</DeleteTopicResponse>");
    }

    @Test
    void mapsInFormsAndAnswers() {
        assertThat(
                        Doors.body(
                                sns(
                                        "Action=CreateTopic&Name=t&Attributes.entry.1.key=A&Attributes.entry.1.value=b+c&Attributes.entry.2.key=D&Attributes.entry.2.value=")))
                .contains("<TopicArn>t{A=b c, D=}</TopicArn>");
        assertThat(Doors.body(sns("Action=GetTopicAttributes&TopicArn=t")))
                .contains("<Attributes><entry><key>TopicArn</key><value>t</value></entry></Attributes>");
    }

    @ParameterizedTest(name = "Attributes.{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "entry.1.value=v; An entry of a map has no key",
                "entry.1.key=k; An entry of a map has no value",
                "entry.1.key=k&Attributes.entry.1.value=v&Attributes.entry.2.key=k&Attributes.entry.2.value=w; A map has a key more than once",
                "member.1.key=k; Unexpected key or value where a list or a map begins",
            })
    void brokenMaps(String attributes, String words) {
        WireResponse response = sns("Action=CreateTopic&Name=t&Attributes." + attributes);
        assertThat(response.status()).isEqualTo(400);
        assertThat(Doors.body(response)).contains("<Code>MalformedInput</Code><Message>" + words + "</Message>");
    }

    @Test
    void octetsInForms() {
        assertThat(Doors.body(ses("Action=SendRawEmail&RawMessage.Data=aGVsbG8%3D&Destinations.member.1=a")))
                .contains("<MessageId>hello</MessageId>");
    }

    @Test
    void aFormMayStandInTheQuery() {
        WireRequest request = new WireRequest(
                "GET", "/", "Action=ListReceiptRuleSets&Version=2010-12-01&X-Amz-Signature=abc", Map.of(), new byte[0]);
        assertThat(front.answer(request).status()).isEqualTo(200);
    }

    @Test
    void anErrorHasItsCodeAndMembers() {
        answers(
                ses("Action=DescribeReceiptRule&RuleSetName=gone&RuleName=r1"),
                400,
                "text/xml",
                "<ErrorResponse " + SES + "><Error><Type>Sender</Type><Code>RuleSetDoesNotExist</Code>"
                        + "<Message>Rule set does not exist: gone</Message><Name>gone</Name></Error><RequestId>"
                        + Doors.REQUEST_ID + "</RequestId></ErrorResponse>");
    }

    @Test
    void aFailureTellsNothingOfTheInside() {
        answers(
                ses("Action=GetSendQuota"),
                500,
                "text/xml",
                "<ErrorResponse " + SES + "><Error><Type>Receiver</Type><Code>InternalFailure</Code>"
                        + "<Message>The request failed because of an internal error.</Message></Error><RequestId>"
                        + Doors.REQUEST_ID + "</RequestId></ErrorResponse>");
        WireResponse response = front.answer(Doors.rest("GET", "/v2/email/account", "", ""));
        answers(
                response,
                500,
                "application/json",
                "{\"message\":\"The request failed because of an internal error.\"}");
        assertThat(response.headers()).containsEntry("x-amzn-errortype", "InternalFailure");
    }

    @ParameterizedTest(name = "{0} {1}?{2} {3}: {4} {5}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            nullValues = "-",
            value = {
                "GET; /v2/email/identities/a%40b%2Fc%25; ``; ``; 200; {\"IdentityType\":\"a@b/c%\",\"VerifiedForSendingStatus\":true}; -",
                "GET; /v2/email/identities/a+b/; ``; ``; 200; {\"IdentityType\":\"a+b\",\"VerifiedForSendingStatus\":true}; -",
                "DELETE; /v2/email/identities/x; ``; {}; 404; {\"message\":\"No identity x\"}; NotFoundException",
                "GET; /v2/email/suppression/addresses/a%40b; ``; ``; 200; {\"SuppressedDestination\":{\"EmailAddress\":\"a@b\",\"Reason\":\"BOUNCE\",\"LastUpdateTime\":1700000000.250}}; -",
                "PUT; /v2/email/suppression/addresses; ``; {\"EmailAddress\":\"a@b\",\"Reason\":\"BOUNCE\",\"New\":[1,{}]}; 200; {}; -",
                "POST; /v2/email/contact-lists/l/contacts/list; ``; {\"PageSize\":7,\"NextToken\":\"n\"}; 200; {\"Contacts\":[{\"EmailAddress\":\"a@l7\"}],\"NextToken\":\"n\"}; -",
                "GET; /v2/email/contact-lists/l/contacts; PageSize=7&NextToken=n; ``; 200; {\"Contacts\":[{\"EmailAddress\":\"a@l7\"}],\"NextToken\":\"n\"}; -",
                "GET; /v2/email/contact-lists/l/contacts; PageSize=7; {\"PageSize\":7}; 400; {\"message\":\"A member is present in the query and in the body\"}; BadRequestException",
                "POST; /v2/email/list-identities; ``; {\"Filter\":{\"IDENTITY_NAME_CONTAINS\":\"a\"},\"PageSize\":7}; 200; {\"EmailIdentities\":[{\"IdentityName\":\"{IDENTITY_NAME_CONTAINS=a} 7\"}]}; -",
                "GET; /v2/email/identities; PageSize=7; ``; 200; {\"EmailIdentities\":[{\"IdentityName\":\"null 7\"}]}; -",
                "GET; /v2/email/identities; PageSize=7&PageSize=8; ``; 400; {\"message\":\"A parameter is present more than once\"}; BadRequestException",
                "GET; /v2/email/identities; PageSize=x; ``; 400; {\"message\":\"STRING_VALUE can not be converted to an Integer\"}; SerializationException",
                "GET; /v2/email/contact-lists; ``; ``; 400; {\"message\":\"NextToken means nothing\"}; BadRequestException",
                "PUT; /v2/email/suppression/addresses; ``; {\"EmailAddress\":\"a@b\"}; 400; {\"message\":\"1 validation error detected: Value null at 'reason' failed to satisfy constraint: Member must not be null\"}; BadRequestException",
                "PUT; /v2/email/suppression/addresses; ``; {\"EmailAddress\":1}; 400; {\"message\":\"NUMBER_VALUE can not be converted to a String\"}; SerializationException",
                "PUT; /v2/email/suppression/addresses; ``; {\"EmailAddress\":{}}; 400; {\"message\":\"Start of structure or map found where not expected.\"}; SerializationException",
                "PUT; /v2/email/suppression/addresses; ``; {\"EmailAddress\":\"a\",\"EmailAddress\":\"b\"}; 400; {\"message\":\"The request body is not valid JSON\"}; SerializationException",
                "PUT; /v2/email/suppression/addresses; ``; {} {}; 400; {\"message\":\"Something follows the JSON object of the request\"}; SerializationException",
                "PUT; /v2/email/suppression/addresses; ``; []; 400; {\"message\":\"The request body is not a JSON object\"}; SerializationException",
                "GET; /v2/email/nothing; ``; ``; 404; {\"message\":\"Could not find operation  for version 2019-09-27\"}; UnknownOperationException",
                "GET; /v2/email/tags; ``; ``; 404; {\"message\":\"Could not find operation ListTagsForResource for version 2019-09-27\"}; UnknownOperationException",
                "GET; /elsewhere; ``; ``; 404; {\"message\":\"There is nothing at this path\"}; UnknownOperationException",
                "GET; /v2/email/identities/%zz; ``; ``; 400; {\"message\":\"The request has a broken percent-encoding\"}; BadRequestException",
                "GET; /v2/email/identities/%FF; ``; ``; 400; {\"message\":\"The request is not valid UTF-8\"}; BadRequestException",
            })
    void restRequests(
            String method, String path, String query, String body, int status, String answer, String errorType) {
        WireResponse response = front.answer(Doors.rest(method, path, query, body));
        answers(response, status, "application/json", answer);
        assertThat(response.headers().get("x-amzn-errortype")).isEqualTo(errorType);
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            nullValues = "-",
            value = {
                "MailManagerSvc.GetArchive; {\"ArchiveId\":\"a-1\"}; 200; {\"ArchiveId\":\"a-1\",\"ArchiveName\":\"n\",\"ArchiveArn\":\"arn\",\"ArchiveState\":\"ACTIVE\",\"Retention\":{\"RetentionPeriod\":\"PERMANENT\"}}; -",
                "MailManagerSvc.GetArchive; {\"ArchiveId\":\"a-gone\"}; 400; {\"__type\":\"ResourceNotFoundException\",\"Message\":\"There is no archive a-gone\"}; ResourceNotFoundException",
                "MailManagerSvc.GetArchive; {\"ArchiveId\":\"\"}; 400; {\"__type\":\"ValidationException\",\"Message\":\"1 validation error detected: Value at 'archiveId' failed to satisfy constraint: Member must have length greater than or equal to 1\"}; ValidationException",
                "MailManagerSvc.GetArchive; {\"ArchiveId\":true}; 400; {\"__type\":\"SerializationException\",\"Message\":\"TRUE_VALUE can not be converted to a String\"}; SerializationException",
                "MailManagerSvc.DeleteArchive; {\"ArchiveId\":\"a-1\"}; 404; {\"__type\":\"UnknownOperationException\",\"Message\":\"Could not find operation DeleteArchive for version 2023-10-17\"}; UnknownOperationException",
                "Other.GetArchive; {}; 404; {\"__type\":\"UnknownOperationException\",\"Message\":\"Could not find operation  for version 2023-10-17\"}; UnknownOperationException",
            })
    void jsonRequests(String target, String body, int status, String answer, String errorType) {
        WireResponse response = front.answer(Client.json(target, body));
        answers(response, status, "application/x-amz-json-1.0", answer);
        assertThat(response.headers().get("x-amzn-errortype")).isEqualTo(errorType);
    }

    @ParameterizedTest(name = "{0}: {1} {2}, JSON {3} {4} (SES contract 4.1)")
    @CsvSource({
        "MISSING, 403, MissingAuthenticationToken, 403, MissingAuthenticationTokenException",
        "UNKNOWN_KEY, 403, InvalidClientTokenId, 403, UnrecognizedClientException",
        "WRONG_SIGNATURE, 403, SignatureDoesNotMatch, 403, InvalidSignatureException",
        "INCOMPLETE, 400, IncompleteSignature, 400, IncompleteSignatureException",
        "EXPIRED, 400, RequestExpired, 403, InvalidSignatureException",
        "DENIED, 403, AccessDenied, 403, AccessDeniedException",
    })
    void whoIsNobodyHearsWhy(Fault fault, int xmlStatus, String xmlCode, int jsonStatus, String jsonCode) {
        Front closed = Doors.front(Doors.nobody(fault));
        WireResponse xml = closed.answer(Client.form("Action=NoSuchThing&Version=2010-12-01"));
        assertThat(xml.status()).isEqualTo(xmlStatus);
        assertThat(Doors.body(xml)).contains("<Code>" + xmlCode + "</Code><Message>words for ses</Message>");
        assertThat(Doors.body(closed.answer(Client.form("Action=ListTopics&Version=2010-03-31"))))
                .contains("words for sns");
        for (WireRequest request : List.of(
                Doors.rest("GET", "/v2/email/nothing", "", ""), Client.json("MailManagerSvc.NoSuchThing", "{}"))) {
            WireResponse json = closed.answer(request);
            assertThat(json.status()).isEqualTo(jsonStatus);
            assertThat(json.headers()).containsEntry("x-amzn-errortype", jsonCode);
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "Action=NoSuchThing | InvalidAction | Could not find operation NoSuchThing for version 2010-12-01",
                "Action=DeleteReceiptRule | InvalidAction | Could not find operation DeleteReceiptRule for version 2010-12-01",
                "RuleName=x | MissingAction | The request has no parameter Action",
                "Action= | MissingAction | The request has no parameter Action",
                "Action=A&Action=B | MalformedQueryString | A parameter is present more than once",
                "Action=A&=x | MalformedQueryString | A parameter has no name",
                "Action=%4 | MalformedQueryString | The request has a broken percent-encoding",
                "Action=%G0 | MalformedQueryString | The request has a broken percent-encoding",
                "Action=%C3%28 | MalformedQueryString | The request is not valid UTF-8",
                "Action=%ED%A0%80 | MalformedQueryString | The request is not valid UTF-8",
                "Action=DescribeReceiptRule&RuleSetName.x=y | MalformedInput | Start of structure or map found where not expected.",
                "Action=CreateReceiptRule&Rule=x | MalformedInput | Unexpected value where a structure begins",
                "Action=CreateReceiptRule&Rule=&Rule.Name=x | MalformedQueryString | A parameter has a value and members, too",
                "Action=CreateReceiptRule&Rule.Name=x&Rule= | MalformedQueryString | A parameter has a value and members, too",
                "Action=CreateReceiptRule&Rule.Recipients.1=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Recipients.member=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Recipients=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Recipients.member.0=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Recipients.member.01=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Recipients.member.99999999999=x | MalformedInput | Unexpected key or value where a list or a map begins",
                "Action=CreateReceiptRule&Rule.Enabled=yes | MalformedInput | STRING_VALUE can not be converted to a Boolean",
                "Action=SendRawEmail&RawMessage.Data=* | MalformedInput | A blob is not valid base64",
                "Action=DescribeReceiptRule&RuleName=r | ValidationError | 1 validation error detected: Value null at 'ruleSetName' failed to satisfy constraint: Member must not be null",
                "Action=DescribeReceiptRule | ValidationError | 2 validation errors detected: Value null at 'ruleSetName' failed to satisfy constraint: Member must not be null; Value null at 'ruleName' failed to satisfy constraint: Member must not be null",
            })
    void brokenForms(String form, String code, String words) {
        WireResponse response = ses(form);
        assertThat(response.status()).isEqualTo(400);
        assertThat(Doors.body(response)).contains("<Code>" + code + "</Code><Message>" + words + "</Message></Error>");
    }

    @ParameterizedTest(name = "{0} {1} ? {2} {3} [{4}]: {5}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "POST; /; Action=ListReceiptRuleSets&Version=2010-12-01; Action=ListReceiptRuleSets; application/x-www-form-urlencoded; MalformedQueryString",
                "POST; /; Version=2010-12-01; Action=ListReceiptRuleSets; application/x-www-form-urlencoded; MalformedQueryString",
                "GET; /; ``; Action=ListReceiptRuleSets&Version=2010-12-01; application/x-www-form-urlencoded; MalformedQueryString",
                "PUT; /; Action=ListReceiptRuleSets&Version=2010-12-01; ``; application/x-www-form-urlencoded; MalformedQueryString",
                "POST; /; ``; Action=ListReceiptRuleSets&Version=2010-12-01; text/plain; MalformedQueryString",
                "POST; /; ``; Action=ListReceiptRuleSets&Version=2010-12-01; `application/x-www-form-urlencoded; charset=latin1`; MalformedQueryString",
                "POST; /; ``; Action=ListReceiptRuleSets; application/x-www-form-urlencoded; InvalidAction",
                "POST; /; ``; Action=ListReceiptRuleSets&Version=2011-01-01; application/x-www-form-urlencoded; InvalidAction",
            })
    void requestsThatCouldMeanTwoThings(
            String method, String path, String query, String body, String type, String code) {
        WireResponse response = front.answer(new WireRequest(
                method, path, query, Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8)));
        assertThat(response.status()).isEqualTo(400);
        assertThat(Doors.body(response)).contains("<Code>" + code + "</Code>");
    }

    @Test
    void headersThatCouldMeanTwoThings() {
        byte[] form = "Action=ListReceiptRuleSets&Version=2010-12-01".getBytes(StandardCharsets.UTF_8);
        String type = "application/x-www-form-urlencoded";
        assertThat(Doors.body(front.answer(
                        new WireRequest("POST", "/", "", Map.of("content-type", List.of(type, type)), form))))
                .contains("<Code>MalformedQueryString</Code>");
        List<String> target = List.of("MailManagerSvc.GetArchive");
        for (Map<String, List<String>> headers : List.of(
                Map.of("content-type", List.of(type), "x-amz-target", target),
                Map.of("x-amz-target", target),
                Map.of(
                        "content-type", List.of("application/x-amz-json-1.0"),
                        "x-amz-target", List.of(target.getFirst(), target.getFirst())))) {
            WireResponse response = front.answer(new WireRequest("POST", "/", "", headers, form));
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.headers()).containsEntry("x-amzn-errortype", "ValidationException");
        }
        WireResponse response = front.answer(
                new WireRequest("GET", "/v2/email/account", "", Map.of("x-amz-target", target), new byte[0]));
        assertThat(response.headers()).containsEntry("x-amzn-errortype", "BadRequestException");
    }

    @Test
    void tooMuchIsRefused() {
        List<String> pairs = new ArrayList<>(List.of("Action=ListReceiptRuleSets"));
        for (int i = 0; i < 10_000; i++) {
            pairs.add("p" + i + "=");
        }
        assertThat(Doors.body(ses(String.join("&", pairs)))).contains("more than 10000 parameters");
        assertThat(Doors.body(ses("Action=ListReceiptRuleSets&" + "a.".repeat(100) + "b=x")))
                .contains("The request is nested too deeply");
        pairs.subList(601, pairs.size()).clear();
        pairs.replaceAll(pair -> pair.startsWith("p") ? pair.replace("=", "." + "a.".repeat(90) + "b=") : pair);
        assertThat(Doors.body(ses(String.join("&", pairs)))).contains("The request has too many members");
        WireResponse deep =
                front.answer(Doors.rest("PUT", "/v2/email/suppression/addresses", "", "{\"x\":" + "[".repeat(101)));
        assertThat(deep.headers()).containsEntry("x-amzn-errortype", "SerializationException");
    }

    @Test
    void jsonInAnotherEncodingIsRefused() {
        byte[] body = "{\"EmailAddress\":\"a@b\",\"Reason\":\"BOUNCE\"}".getBytes(StandardCharsets.UTF_16BE);
        WireResponse response =
                front.answer(new WireRequest("PUT", "/v2/email/suppression/addresses", "", Map.of(), body));
        assertThat(response.status()).isEqualTo(400);
        assertThat(Doors.body(response)).contains("not valid UTF-8");
    }
}
