package io.waypost.api.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.outbound.port.SendingAuthorization.Use;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies say (DG policy-anatomy), of an attempt that is the same in all rows. */
class PolicyTest {

    private static final String ARN = "arn:aws:ses:us-east-1:111111111111:identity/example.com";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static Attempt attempt(String operation, String from, String... recipients) {
        return Attempt.of(
                new Use(
                        new Scope("222222222222", "us-east-1"),
                        "AKIAKEY",
                        operation,
                        Optional.of("192.0.2.7"),
                        List.of(EmailAddress.of(from)),
                        "John Doe",
                        EmailAddress.of("back@example.com"),
                        Arrays.stream(recipients).map(EmailAddress::of).toList()),
                NOW);
    }

    private static String statement(String effect, String principal, String action, String condition) {
        return "{\"Effect\":\"" + effect + "\",\"Principal\":" + principal + ",\"Action\":" + action
                + ",\"Resource\":\"" + ARN + "\"" + (condition.isEmpty() ? "" : ",\"Condition\":" + condition) + "}";
    }

    private static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String allow(String principal, String action, String condition) {
        return policy(statement("Allow", principal, action, condition));
    }

    private static Policy.Answer answer(String policy, Attempt attempt) throws PolicyFaultException {
        return PolicyReader.read(policy, ARN).answer(attempt);
    }

    private static Policy.Answer answer(String policy) throws PolicyFaultException {
        return answer(policy, attempt("SendEmail", "invoicing-1@example.com", "a@x.test", "b@x.test"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the account by its number | {"AWS":["222222222222"]} | ALLOWED
            the account by its root | {"AWS":"arn:aws:iam::222222222222:root"} | ALLOWED
            its key, as a user | {"AWS":"arn:aws:iam::222222222222:user/AKIAKEY"} | ALLOWED
            its key, as a user with a path | {"AWS":"arn:aws:iam::222222222222:user/apps/AKIAKEY"} | ALLOWED
            another key of the account | {"AWS":"arn:aws:iam::222222222222:user/AKIAOTHER"} | SILENT
            a role of the account, of which there are none | {"AWS":"arn:aws:iam::222222222222:role/sender"} | SILENT
            another account | {"AWS":"333333333333"} | SILENT
            one of several | {"AWS":["333333333333","222222222222"]} | ALLOWED
            everybody | "*" | ALLOWED
            everybody who is an account | {"AWS":"*"} | ALLOWED
            a service, of which there are none | {"Service":"cognito-idp.amazonaws.com"} | SILENT
            """)
    void thePrincipalCounts(String name, String principal, Policy.Answer expected) throws Exception {
        assertThat(answer(allow(principal, "\"ses:SendEmail\"", ""))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "ses:SendEmail, SendEmail, ALLOWED",
        "SES:sendemail, SendEmail, ALLOWED",
        "ses:Send*, SendRawEmail, ALLOWED",
        "ses:*, SendTemplatedEmail, ALLOWED",
        "*, SendEmail, ALLOWED",
        "ses:SendRawEmail, SendEmail, SILENT",
        "ses:SendEmail, SendRawEmail, SILENT",
        "ses:SendBulkTemplatedEmail, SendBulkEmail, ALLOWED",
        "ses:SendBulkEmail, SendBulkEmail, ALLOWED",
        "ses:SendBulkEmail, SendBulkTemplatedEmail, SILENT",
    })
    void theActionCounts(String action, String operation, Policy.Answer expected) throws Exception {
        assertThat(answer(allow("\"*\"", "[\"" + action + "\"]", ""), attempt(operation, "a@example.com", "b@x.test")))
                .isEqualTo(expected);
    }

    /** Each condition in an Allow and in a Deny: what cannot be told never allows and always forbids. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from, with a wildcard | {"StringLike":{"ses:FromAddress":"invoicing*@example.com"}} | YES
            from, another | {"StringLike":{"ses:FromAddress":"news*@example.com"}} | NO
            from, one character | {"StringLike":{"ses:FromAddress":"invoicing-?@example.com"}} | YES
            from, upper and lower case are not the same | {"StringLike":{"ses:FromAddress":"Invoicing*"}} | NO
            from, in any case | {"StringEqualsIgnoreCase":{"ses:FromAddress":"INVOICING-1@EXAMPLE.COM"}} | YES
            from, not like | {"StringNotLike":{"ses:FromAddress":"*admin*example.com"}} | YES
            from, not like what it is | {"StringNotLike":{"ses:FromAddress":["*admin*","invoicing*"]}} | NO
            the key in any case | {"StringEquals":{"SES:fromaddress":"invoicing-1@example.com"}} | YES
            display name | {"StringEquals":{"ses:FromDisplayName":"John Doe"}} | YES
            feedback address | {"StringEquals":{"ses:FeedbackAddress":"back@example.com"}} | YES
            all recipients | {"ForAllValues:StringLike":{"ses:Recipients":["*@x.test"]}} | YES
            all recipients, but one is not | {"ForAllValues:StringLike":{"ses:Recipients":["a@x.test"]}} | NO
            any recipient | {"ForAnyValue:StringLike":{"ses:Recipients":["a@x.test"]}} | YES
            recipients, without saying which | {"StringLike":{"ses:Recipients":["*@x.test"]}} | YES
            recipients that differ, without saying which | {"StringLike":{"ses:Recipients":["a@x.test"]}} | UNKNOWN
            before a day | {"DateLessThan":{"aws:CurrentTime":"2026-12-01T00:00:00Z"}} | YES
            before a day that is over | {"DateLessThan":{"aws:CurrentTime":"2026-11-26"}} | NO
            since a moment in seconds | {"DateGreaterThan":{"aws:EpochTime":"1700000000"}} | YES
            a number | {"NumericGreaterThan":{"aws:EpochTime":1700000000}} | YES
            from a network | {"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}} | YES
            not from a network | {"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","198.51.100.0/24"]}} | YES
            from another network | {"IpAddress":{"aws:SourceIp":"2001:db8::/32"}} | NO
            the account | {"StringEquals":{"aws:PrincipalAccount":"222222222222"}} | YES
            the region | {"StringEquals":{"aws:RequestedRegion":"eu-west-1"}} | NO
            a key that nobody knows here | {"StringEquals":{"aws:PrincipalOrgID":"o-1"}} | UNKNOWN
            the contrary of a key that nobody knows here | {"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}} | UNKNOWN
            if it exists, and nobody knows it | {"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}} | UNKNOWN
            TLS, of which nobody knows here | {"Bool":{"aws:SecureTransport":"true"}} | UNKNOWN
            a known key is there | {"Null":{"ses:FromAddress":"false"}} | YES
            a known key is not missing | {"Null":{"ses:FromAddress":"true"}} | NO
            two of one operator | {"StringLike":{"ses:FromAddress":"invoicing*","ses:FromDisplayName":"Jane*"}} | NO
            two operators, one unknown | {"StringLike":{"ses:FromAddress":"invoicing*"},"Bool":{"aws:SecureTransport":"true"}} | UNKNOWN
            two operators, one not so | {"StringLike":{"ses:FromAddress":"news*"},"Bool":{"aws:SecureTransport":"true"}} | NO
            """)
    void conditionsCount(String name, String condition, Truth expected) throws Exception {
        assertThat(answer(allow("\"*\"", "\"ses:*\"", condition)) == Policy.Answer.ALLOWED)
                .as("allows")
                .isEqualTo(expected == Truth.YES);
        assertThat(answer(policy(statement("Deny", "\"*\"", "\"ses:*\"", condition))) == Policy.Answer.FORBIDDEN)
                .as("forbids")
                .isEqualTo(expected != Truth.NO);
    }

    @Test
    void forbiddingWins() throws Exception {
        String allow = statement("Allow", "\"*\"", "\"ses:*\"", "");
        String deny = statement("Deny", "{\"AWS\":\"222222222222\"}", "\"ses:SendEmail\"", "");
        assertThat(answer(policy(allow, deny))).isEqualTo(Policy.Answer.FORBIDDEN);
        assertThat(answer(policy(deny, allow))).isEqualTo(Policy.Answer.FORBIDDEN);
        assertThat(answer(policy(deny, allow), attempt("SendRawEmail", "a@example.com", "b@x.test")))
                .isEqualTo(Policy.Answer.ALLOWED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON | { | The policy is not valid JSON.
            two texts | {} {} | The policy is not valid JSON.
            a member twice | {"Id":"a","Id":"b"} | The policy is not valid JSON.
            no object | [] | Syntax error in policy: an object is missing.
            no statement | {"Version":"2012-10-17"} | A policy must have at least one statement.
            an empty list of them | {"Statement":[]} | A policy must have at least one statement.
            something unknown | {"Statments":[]} | Unknown or unsupported element in policy: Statments
            a statement that is none | {"Statement":["x"]} | Syntax error in policy: an object is missing.
            """)
    void whatIsNoPolicyIsRefused(String name, String text, String words) {
        assertThatThrownBy(() -> PolicyReader.read(text, ARN))
                .isInstanceOf(PolicyFaultException.class)
                .hasMessage(words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a misspelt condition | "Principal":"*","Action":"ses:*","Conditon":{} | Unknown or unsupported element in policy: Conditon
            all but somebody | "NotPrincipal":"*","Action":"ses:*" | Unknown or unsupported element in policy: NotPrincipal
            no principal | "Action":"ses:*" | A statement must have at least one principal.
            no principal in the list | "Principal":{"AWS":[]},"Action":"ses:*" | A statement must have at least one principal.
            a principal that is none | "Principal":{"AWS":"bob"},"Action":"ses:*" | Invalid principal in policy: "AWS":"bob"
            a principal of no kind | "Principal":{"Bob":"1"},"Action":"ses:*" | Unknown or unsupported element in policy: Bob
            no action | "Principal":"*" | A statement must have at least one action.
            an action of another service | "Principal":"*","Action":"sns:Publish" | An action must begin with 'ses:': sns:Publish
            an unknown operator | "Principal":"*","Action":"ses:*","Condition":{"Like":{"a":"b"}} | Invalid condition type: Like
            an unknown quantifier | "Principal":"*","Action":"ses:*","Condition":{"ForSome:StringLike":{"a":"b"}} | Invalid condition type: ForSome:StringLike
            a date that is none | "Principal":"*","Action":"ses:*","Condition":{"DateLessThan":{"aws:CurrentTime":"soon"}} | Invalid value in a condition: no date: soon
            a text where an object belongs | "Principal":"*","Action":[{"a":1}] | Syntax error in policy: a text is missing.
            """)
    void whatIsNoStatementIsRefused(String name, String statement, String words) {
        String text = "{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"" + ARN + "\"," + statement + "}}";
        assertThatThrownBy(() -> PolicyReader.read(text, ARN))
                .isInstanceOf(PolicyFaultException.class)
                .hasMessage(words);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            itself | "arn:aws:ses:us-east-1:111111111111:identity/example.com" | true
            in a list | ["arn:aws:ses:us-east-1:111111111111:identity/example.com"] | true
            in capitals | "arn:aws:ses:us-east-1:111111111111:identity/Example.COM" | true
            of another partition | "arn:aws-us-gov:ses:us-east-1:111111111111:identity/example.com" | true
            of no account, as Terraform has it | "arn:aws:ses:us-east-1::identity/example.com" | true
            another identity | "arn:aws:ses:us-east-1:111111111111:identity/example.net" | false
            of another account | "arn:aws:ses:us-east-1:222222222222:identity/example.com" | false
            all | "*" | false
            two | ["arn:aws:ses:us-east-1:111111111111:identity/example.com","*"] | false
            """)
    void theResourceIsTheIdentity(String name, String resource, boolean taken) throws Exception {
        String text = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ses:*\",\"Resource\":"
                + resource + "}}";
        if (taken) {
            assertThat(answer(text)).isEqualTo(Policy.Answer.ALLOWED);
        } else {
            assertThatThrownBy(() -> PolicyReader.read(text, ARN))
                    .hasMessage("The resource of a statement must be the identity itself: " + ARN);
        }
    }

    @Test
    void aPolicyHasFourKilobytesAtMost() throws Exception {
        String text = allow("\"*\"", "\"ses:*\"", "");
        String long4096 = text + " ".repeat(4096 - text.length());
        assertThat(answer(long4096)).isEqualTo(Policy.Answer.ALLOWED);
        assertThatThrownBy(() -> PolicyReader.read(long4096 + " ", ARN))
                .hasMessage("The policy is longer than 4096 bytes.");
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "a*c, abbbc, true",
        "a*c, abbb, false",
        "?, '', false",
        "**a*, xay, true",
        "a.c, abc, false",
        "'', a, false",
        "*a*b*c*d*, xaxbxcx, false"
    })
    void patternsMatch(String pattern, String text, boolean expected) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
    }

    /** A comparison that a value of the request cannot bear is as one that is not known: it never allows and always forbids. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an address as a network's | {"IpAddress":{"ses:FromAddress":"192.0.2.0/24"}}
            an address as no network's | {"NotIpAddress":{"ses:FromAddress":"192.0.2.0/24"}}
            a name as a number | {"NumericLessThan":{"ses:FromDisplayName":"7"}}
            recipients as dates | {"DateLessThan":{"ses:Recipients":"2026-01-01"}}
            """)
    void whatCannotBeComparedIsNotKnown(String name, String condition) throws Exception {
        assertThat(answer(allow("\"*\"", "\"*\"", condition))).isEqualTo(Policy.Answer.SILENT);
        assertThat(answer(policy(statement("Deny", "\"*\"", "\"*\"", condition))))
                .isEqualTo(Policy.Answer.FORBIDDEN);
    }
}
