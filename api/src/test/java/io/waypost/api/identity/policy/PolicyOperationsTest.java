package io.waypost.api.identity.policy;

import static io.waypost.api.FrontCalls.json;
import static io.waypost.api.FrontCalls.refusal;
import static io.waypost.api.FrontCalls.result;
import static io.waypost.api.FrontCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.FrontCalls;
import io.waypost.api.aws.Operations;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.SendingBook;
import io.waypost.api.identity.Setup;
import io.waypost.api.identity.Verification;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.outbound.port.SendingAuthorization.Use;
import io.waypost.outbound.port.SendingIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies through both APIs, and in force. */
class PolicyOperationsTest {

    private static final Scope OTHER = new Scope("222222222222", "us-east-1");
    private static final String ARN = "arn:aws:ses:us-east-1:123456789012:identity/shop.test";

    @TempDir
    Path folder;

    private Setup setup;
    private FrontCalls calls;

    @BeforeEach
    void begin() throws Exception {
        setup = new Setup(folder, Verification.AT_ONCE);
        setup.identities.verifyDomain(Setup.HERE, "shop.test");
        open();
    }

    private void open() {
        IdentityPolicies policies = new IdentityPolicies(setup.book);
        calls = new FrontCalls(
                new Operations.Builder()
                        .add(new PolicyOperations(policies))
                        .add(new EmailPolicyOperations(policies))
                        .build(),
                Setup.HERE);
    }

    private static String policy(String effect, String account) {
        return policy(effect, account, ARN);
    }

    private static String policy(String effect, String account, String arn) {
        return "{\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":{\"AWS\":\"" + account
                + "\"},\"Action\":\"ses:SendEmail\",\"Resource\":\"" + arn + "\"}]}";
    }

    private void put(String name, String policy) {
        assertThat(calls.query("PutIdentityPolicy", "Identity", "shop.test", "PolicyName", name, "Policy", policy)
                        .status())
                .isEqualTo(200);
    }

    private LentIdentities lent() {
        return new LentIdentities(setup.book, new SendingBook(setup.book, setup.keys), setup.clock);
    }

    private static Use use(Scope scope, String operation) {
        return new Use(
                scope,
                "AKIA",
                operation,
                Optional.empty(),
                List.of(EmailAddress.of("a@shop.test")),
                "",
                EmailAddress.of("a@shop.test"),
                List.of(EmailAddress.of("b@customer.test")));
    }

    private Optional<SendingIdentity> lentTo(Scope scope) throws Exception {
        return lent().lent(ARN, EmailAddress.of("a@shop.test"), use(scope, "SendEmail"));
    }

    @Test
    void aPolicysLifeInTheApiOf2010() throws Exception {
        put("one", policy("Allow", "222222222222"));
        put("two", policy("Deny", "*"));
        assertThat(result(calls.query("ListIdentityPolicies", "Identity", "shop.test")))
                .isEqualTo("<PolicyNames><member>one</member><member>two</member></PolicyNames>");
        assertThat(result(calls.query(
                        "GetIdentityPolicies",
                        "Identity",
                        "shop.test",
                        "PolicyNames.member.1",
                        "one",
                        "PolicyNames.member.2",
                        "none")))
                .isEqualTo("<Policies><entry><key>one</key><value>"
                        + policy("Allow", "222222222222").replace("\"", "&quot;") + "</value></entry></Policies>");
        calls.query("DeleteIdentityPolicy", "Identity", "shop.test", "PolicyName", "one");
        assertThat(calls.query("DeleteIdentityPolicy", "Identity", "shop.test", "PolicyName", "one")
                        .status())
                .as("SES says nothing when there is none")
                .isEqualTo(200);
        setup.restart();
        open();
        assertThat(result(calls.query("ListIdentityPolicies", "Identity", "shop.test")))
                .isEqualTo("<PolicyNames><member>two</member></PolicyNames>");
    }

    @Test
    void aPolicysLifeInTheApiOf2019() throws Exception {
        String body = "{\"Policy\":" + new ObjectMapper().writeValueAsString(policy("Allow", "222222222222")) + "}";
        assertThat(text(calls.rest("POST", "/identities/shop.test/policies/one", body)))
                .isEqualTo("{}");
        assertThat(refusal(calls.rest("POST", "/identities/shop.test/policies/one", body)))
                .isEqualTo("AlreadyExistsException: Policy <one> already exists");
        assertThat(refusal(calls.rest("PUT", "/identities/shop.test/policies/two", body)))
                .isEqualTo("NotFoundException: Policy <two> does not exist");
        assertThat(text(calls.rest("PUT", "/identities/shop.test/policies/one", body)))
                .isEqualTo("{}");
        assertThat(json(calls.rest("GET", "/identities/shop.test/policies", null))
                        .path("Policies")
                        .path("one")
                        .asText())
                .isEqualTo(policy("Allow", "222222222222"));
        assertThat(text(calls.rest("DELETE", "/identities/shop.test/policies/one", null)))
                .isEqualTo("{}");
        assertThat(refusal(calls.rest("DELETE", "/identities/shop.test/policies/one", null)))
                .isEqualTo("NotFoundException: Policy <one> does not exist");
        assertThat(refusal(calls.rest("GET", "/identities/other.test/policies", null)))
                .isEqualTo("NotFoundException: Email identity other.test does not exist.");
        assertThat(refusal(calls.rest("PUT", "/identities/shop.test/policies/one", "{\"Policy\":\"{}\"}")))
                .isEqualTo("BadRequestException: A policy must have at least one statement.");
    }

    @Test
    void whatCannotBeKeptIsRefused() throws Exception {
        assertThat(refusal(
                        calls.query("PutIdentityPolicy", "Identity", "shop.test", "PolicyName", "a", "Policy", "{}")))
                .isEqualTo("InvalidPolicy: A policy must have at least one statement.");
        assertThat(refusal(calls.query(
                        "PutIdentityPolicy",
                        "Identity",
                        "shop.test",
                        "PolicyName",
                        "a b",
                        "Policy",
                        policy("Allow", "*"))))
                .startsWith("InvalidParameterValue: Invalid policy name <a b>");
        assertThat(refusal(calls.query("ListIdentityPolicies", "Identity", "other.test")))
                .isEqualTo("InvalidParameterValue: Email identity other.test does not exist.");
        for (int i = 0; i < 20; i++) {
            put("p" + i, policy("Allow", "222222222222"));
        }
        assertThat(refusal(calls.query(
                        "PutIdentityPolicy",
                        "Identity",
                        "shop.test",
                        "PolicyName",
                        "p20",
                        "Policy",
                        policy("Allow", "*"))))
                .isEqualTo("LimitExceeded: An identity can have at most 20 policies.");
    }

    @Test
    void aPolicyLendsAnIdentity() throws Exception {
        assertThat(lentTo(OTHER)).isEmpty();
        put("one", policy("Allow", "222222222222"));

        SendingIdentity identity = lentTo(OTHER).orElseThrow();
        assertThat(identity.arn()).isEqualTo(ARN);
        assertThat(identity.configurationSet()).isEmpty();
        assertThat(lentTo(new Scope("333333333333", "us-east-1"))).isEmpty();
        assertThat(lentTo(new Scope("222222222222", "eu-west-1")))
                .as("another region")
                .isEmpty();
        assertThat(lent().lent(ARN, EmailAddress.of("a@shop.test"), use(OTHER, "SendRawEmail")))
                .as("another action")
                .isEmpty();
        assertThat(lent().lent(ARN, EmailAddress.of("a@other.test"), use(OTHER, "SendEmail")))
                .as("an address that it does not cover")
                .isEmpty();
        assertThat(lent().lent(ARN + ".x", EmailAddress.of("a@shop.test"), use(OTHER, "SendEmail")))
                .as("no identity")
                .isEmpty();

        put("two", policy("Deny", "222222222222"));
        assertThat(lentTo(OTHER)).as("forbidding wins, in whichever policy").isEmpty();
    }

    @Test
    void whatIsNotVerifiedIsNotLent() throws Exception {
        Setup proven = new Setup(folder);
        proven.identities.verifyDomain(Setup.HERE, "shop.test");
        new IdentityPolicies(proven.book)
                .put(Setup.HERE, "shop.test", "one", policy("Allow", "222222222222"), IdentityPolicies.Wanted.EITHER);
        assertThat(new LentIdentities(proven.book, new SendingBook(proven.book, proven.keys), proven.clock)
                        .lent(ARN, EmailAddress.of("a@shop.test"), use(OTHER, "SendEmail")))
                .isEmpty();
    }

    @Test
    void aPolicyCanForbidTheOwner() throws Exception {
        SendingIdentity own = new SendingBook(setup.book, setup.keys)
                .covering(Setup.HERE, EmailAddress.of("a@shop.test"))
                .orElseThrow();
        assertThat(lent().isForbidden(own, use(Setup.HERE, "SendEmail"))).isFalse();
        put("one", policy("Allow", "222222222222"));
        assertThat(lent().isForbidden(own, use(Setup.HERE, "SendEmail"))).isFalse();
        put("two", policy("Deny", "123456789012"));
        assertThat(lent().isForbidden(own, use(Setup.HERE, "SendEmail"))).isTrue();
        assertThat(lent().isForbidden(own, use(Setup.HERE, "SendRawEmail"))).isFalse();
    }

    @Test
    void policiesGoWithTheirIdentity() throws Exception {
        put("one", policy("Allow", "222222222222"));
        setup.identities.delete(Setup.HERE, new IdentityName("shop.test"));
        setup.identities.verifyDomain(Setup.HERE, "shop.test");
        assertThat(lentTo(OTHER)).isEmpty();
    }
}
