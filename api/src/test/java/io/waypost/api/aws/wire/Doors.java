package io.waypost.api.aws.wire;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Credentials;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A front with a few operations that answer what they were asked. */
final class Doors {

    static final String REQUEST_ID = "11111111-2222-3333-4444-555555555555";

    record S3Action(
            @Nullable String topicArn,
            String bucketName,
            @Nullable String objectKeyPrefix) {}

    record SnsAction(String topicArn) {}

    record Action(@Nullable S3Action s3Action, @Nullable SnsAction snsAction) {}

    record Rule(
            String name,
            @Nullable Boolean enabled,
            @Nullable String tlsPolicy,
            @Nullable List<String> recipients,
            @Nullable List<Action> actions) {}

    record CreateReceiptRule(String ruleSetName, @Nullable String after, Rule rule) {}

    record DescribeReceiptRule(String ruleSetName, String ruleName) {}

    record DescribedRule(@Nullable Rule rule) {}

    record Metadata(@Nullable String name, @Nullable Instant createdTimestamp) {}

    record ListRuleSets(@Nullable String nextToken) {}

    record RuleSets(List<Metadata> ruleSets, @Nullable String nextToken) {}

    record Content(byte[] data) {}

    record Raw(String subject) {}

    record SendRawEmail(Content rawMessage, @Nullable List<String> destinations) {}

    record Sent(String messageId) {}

    record Address(String address) {}

    record Named(String emailIdentity) {}

    record Identity(@Nullable String identityType, @Nullable Boolean verifiedForSendingStatus) {}

    record Suppressed(String emailAddress, String reason) {}

    record Suppression(
            @Nullable Instant lastUpdateTime,
            @Nullable String emailAddress,
            @Nullable String reason) {}

    record GetSuppressed(String emailAddress) {}

    record GotSuppressed(Suppression suppressedDestination) {}

    record ListContacts(
            String contactListName,
            @Nullable Integer pageSize,
            @Nullable String nextToken) {}

    record Contact(String emailAddress) {}

    record Contacts(List<Contact> contacts, @Nullable String nextToken) {}

    record ListIdentities(
            @Nullable Map<String, String> filter, @Nullable Integer pageSize) {}

    record IdentityInfo(String identityName) {}

    record Identities(List<IdentityInfo> emailIdentities) {}

    record Attributes(String topicArn) {}

    record TopicAttributes(Map<String, String> attributes) {}

    record Topic(String name, @Nullable Map<String, String> attributes) {}

    record Created(String topicArn) {}

    record Arn(String topicArn) {}

    record Archive(String archiveId) {}

    record Archived(
            String archiveId, String archiveName, String archiveArn, String archiveState, Retention retention) {}

    record Retention(String retentionPeriod) {}

    private Doors() {}

    static Operations operations() {
        return new Operations.Builder()
                .add(Api.SES, "CreateReceiptRule", CreateReceiptRule.class, Nothing.class, Doors::create)
                .add(Api.SES, "DescribeReceiptRule", DescribeReceiptRule.class, DescribedRule.class, Doors::describe)
                .add(
                        Api.SES,
                        "ListReceiptRuleSets",
                        ListRuleSets.class,
                        RuleSets.class,
                        (caller, asked) -> new RuleSets(
                                List.of(new Metadata("in<bound", Instant.parse("2026-01-02T03:04:05.678Z"))), null))
                .add(
                        Api.SES,
                        "SendRawEmail",
                        SendRawEmail.class,
                        Sent.class,
                        (caller, asked) ->
                                new Sent(new String(asked.rawMessage().data(), StandardCharsets.UTF_8)))
                .add(Api.SES, "VerifyEmailAddress", Doors.Mail.class, Nothing.class, (caller, asked) -> new Nothing())
                .add(Api.SES, "GetSendQuota", Nothing.class, Nothing.class, (caller, asked) -> {
                    throw new IOException("the disk of /var/lib is full");
                })
                .add(
                        Api.SESV2,
                        "GetEmailIdentity",
                        Named.class,
                        Identity.class,
                        (caller, asked) -> new Identity(asked.emailIdentity(), true))
                .add(Api.SESV2, "DeleteEmailIdentity", Named.class, Nothing.class, (caller, asked) -> {
                    throw new ServiceException("NotFoundException", "No identity " + asked.emailIdentity());
                })
                .add(
                        Api.SESV2,
                        "GetSuppressedDestination",
                        GetSuppressed.class,
                        GotSuppressed.class,
                        (caller, asked) -> new GotSuppressed(new Suppression(
                                Instant.ofEpochMilli(1_700_000_000_250L), asked.emailAddress(), "BOUNCE")))
                .add(
                        Api.SESV2,
                        "PutSuppressedDestination",
                        Suppressed.class,
                        Nothing.class,
                        (caller, asked) -> new Nothing())
                .add(
                        Api.SESV2,
                        "ListEmailIdentities",
                        ListIdentities.class,
                        Identities.class,
                        (caller, asked) ->
                                new Identities(List.of(new IdentityInfo(asked.filter() + " " + asked.pageSize()))))
                .add(
                        Api.SESV2,
                        "ListContacts",
                        ListContacts.class,
                        Contacts.class,
                        (caller, asked) -> new Contacts(
                                List.of(new Contact("a@" + asked.contactListName() + asked.pageSize())),
                                asked.nextToken()))
                .add(Api.SESV2, "GetAccount", Nothing.class, Nothing.class, (caller, asked) -> {
                    throw new IllegalStateException("a secret of the inside");
                })
                .add(Api.SESV2, "ListContactLists", Nothing.class, Nothing.class, (caller, asked) -> {
                    throw ServiceException.invalidParameter("NextToken means nothing");
                })
                .add(
                        Api.SNS,
                        "GetTopicAttributes",
                        Attributes.class,
                        TopicAttributes.class,
                        (caller, asked) -> new TopicAttributes(Map.of("TopicArn", asked.topicArn())))
                .add(
                        Api.SNS,
                        "CreateTopic",
                        Topic.class,
                        Created.class,
                        (caller, asked) -> new Created(asked.name() + asked.attributes()))
                .add(Api.SNS, "DeleteTopic", Arn.class, Nothing.class, (caller, asked) -> new Nothing())
                .add(Api.MAILMANAGER, "GetArchive", Archive.class, Archived.class, (caller, asked) -> {
                    if (asked.archiveId().equals("a-gone")) {
                        throw new ServiceException("ResourceNotFoundException", "There is no archive a-gone");
                    }
                    return new Archived(asked.archiveId(), "n", "arn", "ACTIVE", new Retention("PERMANENT"));
                })
                .build();
    }

    record Mail(String emailAddress) {}

    private static Nothing create(Caller caller, CreateReceiptRule asked) {
        return new Nothing();
    }

    private static DescribedRule describe(Caller caller, DescribeReceiptRule asked) throws ServiceException {
        if (!asked.ruleSetName().equals("inbound")) {
            throw new ServiceException(
                    "RuleSetDoesNotExistException",
                    "Rule set does not exist: " + asked.ruleSetName(),
                    Map.of("Name", asked.ruleSetName()));
        }
        return new DescribedRule(new Rule(
                asked.ruleName(),
                true,
                "Optional",
                List.of("a@example.com", "b@example.com"),
                List.of(
                        new Action(new S3Action(null, "mail", "in"), null),
                        new Action(null, new SnsAction("arn:aws:sns:us-east-1:000000000000:t")))));
    }

    static final Credentials EVERYBODY = (request, signingName, requestId) ->
            new Caller(new Scope("000000000000", "us-east-1"), "AKIATEST", requestId);

    static Credentials nobody(AuthenticationException.Fault fault) {
        return (request, signingName, requestId) -> {
            throw new AuthenticationException(fault, "words for " + signingName);
        };
    }

    static Front front(Credentials credentials) {
        return new Front(operations(), credentials, () -> REQUEST_ID);
    }

    static WireRequest rest(String method, String path, String query, String body) {
        return new WireRequest(method, path, query, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static String body(WireResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
