package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.AuthenticationException.Fault;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.WireRequest;
import io.waypost.message.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnyCredentialsTest {

    private static final AnyCredentials ANY = new AnyCredentials("000000000000", List.of("us-east-1", "eu-west-1"));

    private static WireRequest signed(String credential) {
        return new WireRequest(
                "POST",
                "/",
                "",
                Map.of(
                        "host",
                        List.of("localhost"),
                        "x-amz-date",
                        List.of("20010101T000000Z"),
                        "x-amz-security-token",
                        List.of("whatever"),
                        "authorization",
                        List.of("AWS4-HMAC-SHA256 Credential=" + credential
                                + ", SignedHeaders=host, Signature=nonsense")),
                new byte[] {1});
    }

    @ParameterizedTest
    @CsvSource({
        "test, us-east-1, 000000000000",
        "test, eu-west-1, 000000000000",
        "111122223333, eu-west-1, 111122223333",
        "11112222333, eu-west-1, 000000000000",
    })
    void everybodyIsBelieved(String key, String region, String account) throws AuthenticationException {
        assertThat(ANY.caller(signed(key + "/20010101/" + region + "/s3/aws4_request"), "ses", "id"))
                .isEqualTo(new Caller(new Scope(account, region), key, "id"));
    }

    @Test
    void presignedRequestsAreBelievedToo() throws AuthenticationException {
        assertThat(ANY.caller(Vectors.named("presigned").request(), "sns", "id").accessKey())
                .isEqualTo(Vectors.KEY);
    }

    @Test
    void whoSaysNothingIsInTheFirstAccountAndRegion() throws AuthenticationException {
        WireRequest unsigned = new WireRequest("GET", "/v2/email/account", "", Map.of(), new byte[0]);

        assertThat(ANY.caller(unsigned, "ses", "id"))
                .isEqualTo(new Caller(new Scope("000000000000", "us-east-1"), "anonymous", "id"));
    }

    @Test
    void whoSaysSomethingMustSayWhere() {
        assertThatThrownBy(() -> ANY.caller(signed("test/20010101/mars-1/ses/aws4_request"), "ses", "id"))
                .isInstanceOfSatisfying(AuthenticationException.class, e -> assertThat(e.words())
                        .isEqualTo("Credential should be scoped to a valid region, not 'mars-1'."));
        assertThatThrownBy(() -> ANY.caller(signed("test"), "ses", "id"))
                .isInstanceOfSatisfying(AuthenticationException.class, e -> assertThat(e.fault())
                        .isEqualTo(Fault.INCOMPLETE));
    }
}
