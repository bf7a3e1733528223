package io.waypost.api.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.json.JsonReader;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {

    private static Struct input(Api api, String operation, String json) throws RefusedException {
        OperationShape shape = Model.of(api).operation(operation).orElseThrow();
        Struct.Builder input = new Struct.Builder(shape.input());
        JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), shape.input(), input);
        return input.build();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "SES ~ CreateReceiptRule ~ {} ~ 2: Value null at 'ruleSetName' failed to satisfy constraint: Member must not be null; Value null at 'rule' failed to satisfy constraint: Member must not be null",
                "SES ~ CreateReceiptRule ~ {'RuleSetName':'s','Rule':{}} ~ 1: Value null at 'rule.name' failed to satisfy constraint: Member must not be null",
                "SES ~ CreateReceiptRule ~ {'RuleSetName':'s','Rule':{'Name':'r','Actions':[{'S3Action':{}}]}} ~ 1: Value null at 'rule.actions.1.member.s3Action.bucketName' failed to satisfy constraint: Member must not be null",
                "SES ~ CreateReceiptRule ~ {'RuleSetName':'s','Rule':{'Name':'r','Actions':[{},{'StopAction':{'Scope':'Rule'}}]}} ~ 1: Value at 'rule.actions.2.member.stopAction.scope' failed to satisfy constraint: Member must satisfy enum value set: [RuleSet]",
                "SES ~ CreateReceiptRule ~ {'RuleSetName':'s','Rule':{'Name':'r','TlsPolicy':'no'}} ~ 1: Value at 'rule.tlsPolicy' failed to satisfy constraint: Member must satisfy enum value set: [Require, Optional]",
                "SES ~ CreateReceiptRule ~ {'RuleSetName':'s','Rule':{'Name':'r','Actions':[{'ConnectAction':{'InstanceARN':'x','IAMRoleARN':'short'}}]}} ~ 2: Value at 'rule.actions.1.member.connectAction.instanceARN' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws|aws-us-gov):connect:[a-z]{2}-[a-z]+-[0-9-]{1}:[0-9]{1,20}:instance/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}; Value at 'rule.actions.1.member.connectAction.iAMRoleARN' failed to satisfy constraint: Member must have length greater than or equal to 20",
                "SES ~ CreateReceiptRuleSet ~ {'RuleSetName':'a b'} ~ 1: Value at 'ruleSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$",
                "SESV2 ~ CreateContact ~ {'ContactListName':'l','EmailAddress':'a','TopicPreferences':[{'TopicName':'t','SubscriptionStatus':'MAYBE'}]} ~ 2: Value null at 'contactListName' failed to satisfy constraint: Member must not be null; Value at 'topicPreferences.1.member.subscriptionStatus' failed to satisfy constraint: Member must satisfy enum value set: [OPT_IN, OPT_OUT]",
                "SESV2 ~ PutSuppressedDestination ~ {'EmailAddress':'a@b','Reason':'bounce'} ~ 1: Value at 'reason' failed to satisfy constraint: Member must satisfy enum value set: [BOUNCE, COMPLAINT]",
                "MAILMANAGER ~ CreateRelay ~ {'RelayName':'r','ServerName':'s','ServerPort':0,'Authentication':{'NoAuthentication':{}}} ~ 1: Value at 'serverPort' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "MAILMANAGER ~ CreateRelay ~ {'RelayName':'r','ServerName':'s','ServerPort':65536,'Authentication':{'NoAuthentication':{}}} ~ 1: Value at 'serverPort' failed to satisfy constraint: Member must have value less than or equal to 65535",
                "MAILMANAGER ~ CreateRelay ~ {'RelayName':'r r','ServerName':'s','ServerPort':25,'Authentication':{}} ~ 2: Value at 'relayName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9-_]+; Value at 'authentication' failed to satisfy constraint: Member must have exactly one of its members set",
                "MAILMANAGER ~ CreateArchive ~ {'ArchiveName':'a'} ~ 1: Value at 'archiveName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][a-zA-Z0-9_-]*[a-zA-Z0-9]",
                "SNS ~ TagResource ~ {'ResourceArn':'a','Tags':[{'Key':'','Value':'v'}]} ~ 1: Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
            })
    void everythingThatIsWrongIsSaid(Api api, String operation, String json, String words) throws Exception {
        Struct input = input(api, operation, json);
        String errors = words.charAt(0) == '1'
                ? "1 validation error detected"
                : words.charAt(0) + " validation errors detected";
        assertThatThrownBy(() -> Validation.check(input))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID))
                .hasMessage(errors + words.substring(1));
    }

    @Test
    void whatIsRightPasses() throws Exception {
        Validation.check(
                input(
                        Api.SES,
                        "CreateReceiptRule",
                        "{'RuleSetName':'s','Rule':{'Name':'r','TlsPolicy':'Require','Actions':[{'S3Action':{'BucketName':'b'}}]}}"));
        Validation.check(input(
                Api.MAILMANAGER,
                "CreateRelay",
                "{'RelayName':'r','ServerName':'s','ServerPort':25,'Authentication':{'NoAuthentication':{}}}"));
    }

    @Test
    void tenErrorsAreListed() throws Exception {
        String actions = IntStream.range(0, 50).mapToObj(i -> "{'S3Action':{}}").collect(Collectors.joining(","));
        Struct input = input(
                Api.SES, "CreateReceiptRule", "{'RuleSetName':'s','Rule':{'Name':'r','Actions':[" + actions + "]}}");
        assertThatThrownBy(() -> Validation.check(input))
                .hasMessageStartingWith("10 validation errors detected: Value null at 'rule.actions.1.member")
                .hasMessageContaining("rule.actions.10.member")
                .hasMessageNotContaining("rule.actions.11.member");
    }
}
