package io.waypost.api.aws.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.AuthenticationException.Fault;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.WireRequest;
import io.waypost.config.Secret;
import io.waypost.message.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVersion4Test {

    private static final String NO_MATCH =
            "The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    static List<Vectors.Vector> vectors() {
        return Vectors.all();
    }

    private static AuthenticationException fault(WireRequest request) {
        return fault(Vectors.VERIFIER, request);
    }

    private static AuthenticationException fault(SignatureVersion4 verifier, WireRequest request) {
        AuthenticationException fault =
                catchThrowableOfType(AuthenticationException.class, () -> verifier.caller(request, "ses", "id"));
        assertThat(fault).as("a fault").isNotNull();
        return fault;
    }

    private static void assertFault(WireRequest request, Fault fault, String words) {
        AuthenticationException thrown = fault(request);
        assertThat(thrown.words()).isEqualTo(words);
        assertThat(thrown.fault()).isEqualTo(fault);
    }

    private static WireRequest header(WireRequest request, String name, String... values) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        headers.remove(name);
        if (values.length > 0) {
            headers.put(name, List.of(values));
        }
        return new WireRequest(request.method(), request.path(), request.query(), headers, request.body());
    }

    private static WireRequest authorization(WireRequest request, UnaryOperator<String> change) {
        return header(
                request,
                "authorization",
                change.apply(request.header("authorization").orElseThrow()));
    }

    private static WireRequest query(WireRequest request, String query) {
        return new WireRequest(request.method(), request.path(), query, request.headers(), request.body());
    }

    private static WireRequest path(WireRequest request, String path) {
        return new WireRequest(request.method(), path, request.query(), request.headers(), request.body());
    }

    private static WireRequest posted() {
        return Vectors.named("query API").request();
    }

    private static WireRequest presigned() {
        return Vectors.named("presigned").request();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatAnotherImplementationSignedIsBelieved(Vectors.Vector vector) throws AuthenticationException {
        Caller caller = Vectors.VERIFIER.caller(vector.request(), vector.service(), "request-1");

        assertThat(caller).isEqualTo(new Caller(new Scope(Vectors.ACCOUNT, vector.region()), Vectors.KEY, "request-1"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void nothingOfARequestCanBeChanged(Vectors.Vector vector) {
        WireRequest request = vector.request();
        List<WireRequest> changed = new ArrayList<>();
        changed.add(new WireRequest(
                request.method().equals("PUT") ? "POST" : "PUT",
                request.path(),
                request.query(),
                request.headers(),
                request.body()));
        changed.add(path(request, request.path() + "x"));
        changed.add(query(request, request.query() + "&x"));
        changed.add(query(request, "x=1&" + request.query()));
        byte[] longer = new byte[request.body().length + 1];
        System.arraycopy(request.body(), 0, longer, 0, request.body().length);
        changed.add(new WireRequest(request.method(), request.path(), request.query(), request.headers(), longer));
        changed.add(header(request, "host", "localhost:8080"));
        changed.add(header(request, "x-amz-target", "MailManagerSvc.DeleteArchive"));

        changed.forEach(one -> assertThatThrownBy(() -> Vectors.VERIFIER.caller(one, vector.service(), "id"))
                .as("%s %s?%s", one.method(), one.path(), one.query())
                .isInstanceOfSatisfying(AuthenticationException.class, e -> assertThat(e.fault())
                        .isEqualTo(Fault.WRONG_SIGNATURE)));
    }

    /** The two requests that AWS publishes with every step of their signatures. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            service | '' | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31 | example.amazonaws.com | ''
            iam | Action=ListUsers&Version=2010-05-08 | 5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7 | iam.amazonaws.com | application/x-www-form-urlencoded; charset=utf-8
            """)
    void thePublishedExamplesHold(String service, String query, String signature, String host, String type)
            throws AuthenticationException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("host", List.of(host));
        headers.put("x-amz-date", List.of("20150830T123600Z"));
        if (!type.isEmpty()) {
            headers.put("content-type", List.of(type));
        }
        headers.put(
                "authorization",
                List.of("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/" + service
                        + "/aws4_request, SignedHeaders=" + (type.isEmpty() ? "" : "content-type;")
                        + "host;x-amz-date, Signature=" + signature));
        SignatureVersion4 verifier = new SignatureVersion4(
                id -> Optional.of(
                        new AccessKey(Vectors.ACCOUNT, id, new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))),
                List.of("us-east-1"),
                Vectors.CLOCK);

        assertThat(verifier.caller(new WireRequest("GET", "/", query, headers, new byte[0]), service, "id")
                        .accessKey())
                .isEqualTo("AKIDEXAMPLE");
    }

    @Test
    void whatIsNotSignedHasNoToken() {
        assertFault(header(posted(), "authorization"), Fault.MISSING, "Request is missing Authentication Token");
        assertFault(
                header(posted(), "authorization", "Basic dXNlcjpwYXNzd29yZA=="),
                Fault.MISSING,
                "Request is missing Authentication Token");
    }

    @Test
    void anUnknownKeyIsToldLikeASessionToken() {
        WireRequest unknown = authorization(posted(), text -> text.replace(Vectors.KEY, "AKIDOFSOMEBODYELSE00"));
        String words = "The security token included in the request is invalid.";

        assertFault(unknown, Fault.UNKNOWN_KEY, words);
        // Right but for the token, which is signed like any header that is sent.
        WireRequest withToken = header(posted(), "x-amz-security-token", "FwoGZXIvYXdzE");
        assertFault(
                authorization(withToken, text -> text.replace("x-amz-date", "x-amz-date;x-amz-security-token")),
                Fault.UNKNOWN_KEY,
                words);
        assertFault(query(presigned(), presigned().query() + "&X-Amz-Security-Token=x"), Fault.UNKNOWN_KEY, words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "78ABFB0BEABD6C46AD10CB7FDD1044F34D534FEAF6D60E8605452E6F5459437B", "not hex", "é"})
    void aWrongSignatureIsToldInAwsWords(String signature) {
        assertFault(
                authorization(posted(), text -> text.replaceAll("Signature=.*", "Signature=" + signature)),
                Fault.WRONG_SIGNATURE,
                NO_MATCH);
    }

    @Test
    void anotherSecretIsAWrongSignature() {
        SignatureVersion4 verifier = new SignatureVersion4(
                id -> Optional.of(new AccessKey(Vectors.ACCOUNT, id, new Secret("another secret of this key"))),
                List.of("us-east-1"),
                Vectors.CLOCK);

        assertThat(fault(verifier, posted()).words()).isEqualTo(NO_MATCH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Credential=          | Authorization header requires 'Credential' parameter.
            SignedHeaders=       | Authorization header requires 'SignedHeaders' parameter.
            Signature=           | Authorization header requires 'Signature' parameter.
            """)
    void missingPartsAreNamed(String part, String words) {
        AuthenticationException thrown =
                fault(authorization(posted(), text -> text.replaceAll(part + "[^,]*(, )?", "")));

        assertThat(thrown.fault()).isEqualTo(Fault.INCOMPLETE);
        assertThat(thrown.words())
                .startsWith(words + " (Hashed with SHA-256 and encoded with Base64) Authorization=")
                .doesNotContain(Vectors.KEY);
    }

    @Test
    void everythingThatIsMissingIsToldAtOnce() {
        assertFault(
                header(header(posted(), "authorization", "AWS4-HMAC-SHA256"), "x-amz-date"),
                Fault.INCOMPLETE,
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter."
                        + " Authorization header requires 'SignedHeaders' parameter."
                        + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                        + " (Hashed with SHA-256 and encoded with Base64)"
                        + " Authorization=" + Faults.hashed("AWS4-HMAC-SHA256"));
        assertFault(
                query(presigned(), "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0"),
                Fault.INCOMPLETE,
                "AWS query-string parameters must include 'X-Amz-Credential'."
                        + " AWS query-string parameters must include 'X-Amz-SignedHeaders'."
                        + " AWS query-string parameters must include 'X-Amz-Date'."
                        + " AWS query-string parameters must include 'X-Amz-Expires'."
                        + " Re-examine the query-string parameters.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , SignedHeaders=  | , SignedHeaders                  | Invalid key=value pair (missing equal-sign) in Authorization header
            , Signature=      | , Signature=0, Signature=        | Authorization header has the parameter 'Signature' twice.
            SHA256            | SHA1                             | Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now).
            /aws4_request     | ``                               | Credential must have exactly 5 slash-delimited elements
            /aws4_request     | /aws4_request/more               | Credential must have exactly 5 slash-delimited elements
            /us-east-1/       | //                               | Credential must have exactly 5 slash-delimited elements
            host;             | Host;                            | SignedHeaders must be header names in lower case
            host;             | host;host;                       | SignedHeaders must be header names in lower case, each once
            host;             | host;;                           | SignedHeaders must be header names in lower case
            """)
    void whatHasNoFormIsIncomplete(String from, String to, String words) {
        AuthenticationException thrown = fault(authorization(posted(), text -> text.replace(from, to)));

        assertThat(thrown.words()).startsWith(words);
        assertThat(thrown.fault()).isEqualTo(Fault.INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /us-east-1/      | /mars-1/       | Credential should be scoped to a valid region, not 'mars-1'.
            /ses/            | /s3/           | Credential should be scoped to correct service: 'ses'.
            /aws4_request    | /aws5_request  | Credential should be scoped with a valid terminator: 'aws4_request'.
            /20150830/       | /20150829/     | Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.
            /us-east-1/ses/  | /x/y/          | Credential should be scoped to a valid region, not 'x'. Credential should be scoped to correct service: 'ses'.
            """)
    void aSignatureForSomethingElseIsWrong(String from, String to, String words) {
        assertFault(authorization(posted(), text -> text.replace(from, to)), Fault.WRONG_SIGNATURE, words);
    }

    @Test
    void theHeadersThatGiveARequestItsMeaningMustBeSigned() {
        assertFault(
                authorization(posted(), text -> text.replace("host;", "")),
                Fault.WRONG_SIGNATURE,
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        assertFault(
                authorization(posted(), text -> text.replace(";x-amz-date", "")),
                Fault.WRONG_SIGNATURE,
                "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.");
        assertFault(
                header(presigned(), "x-amz-target", "MailManagerSvc.DeleteArchive"),
                Fault.WRONG_SIGNATURE,
                "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNSIGNED-PAYLOAD",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                ""
            })
    void theBodysHashIsComputedWhateverIsSaid(String said) {
        assertFault(
                header(posted(), "x-amz-content-sha256", said),
                Fault.WRONG_SIGNATURE,
                "'x-amz-content-sha256' must be a 'SignedHeader' in the AWS Authorization.");
        assertFault(
                authorization(
                        header(posted(), "x-amz-content-sha256", said),
                        text -> text.replace("x-amz-date", "x-amz-content-sha256;x-amz-date")),
                Fault.WRONG_SIGNATURE,
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    @Test
    void twoWaysToSayWhoAsksAreOneTooMany() {
        WireRequest twice = header(
                posted(),
                "authorization",
                posted().header("authorization").orElseThrow(),
                posted().header("authorization").orElseThrow());
        WireRequest both = query(posted(), presigned().query());
        WireRequest half = query(posted(), "X-Amz-Credential=x");

        for (WireRequest request : List.of(twice, both, half)) {
            AuthenticationException thrown = fault(request);
            assertThat(thrown.fault()).isEqualTo(Fault.INCOMPLETE);
            assertThat(thrown.words()).startsWith("Only one auth mechanism allowed");
        }
        assertFault(
                header(posted(), "x-amz-date", "20150830T123600Z", "20150830T123600Z"),
                Fault.INCOMPLETE,
                "Authorization header requires only one 'X-Amz-Date' or 'Date' header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"})
    void aPresignedParameterStandsThereOnce(String name) {
        assertFault(
                query(presigned(), "X-Amz-%s=1&%s".formatted(name, presigned().query())),
                Fault.INCOMPLETE,
                "AWS query-string parameters must include 'X-Amz-%s' only once.".formatted(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0       | X-Amz-Expires must be from 1 to 604800 seconds (a week)
            604801  | X-Amz-Expires must be from 1 to 604800 seconds (a week)
            -1      | X-Amz-Expires should be a number
            1e3     | X-Amz-Expires should be a number
            9999999999999999999 | X-Amz-Expires should be a number
            """)
    void aPresignedRequestIsGoodForAWeekAtMost(String expires, String words) {
        assertFault(
                query(presigned(), presigned().query().replace("X-Amz-Expires=3600", "X-Amz-Expires=" + expires)),
                Fault.INCOMPLETE,
                words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query API |  300 |
            query API |  301 | Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)
            query API | -300 |
            query API | -301 | Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)
            presigned | 3600 |
            presigned | 3601 | Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T133601Z - 60 min.)
            presigned | -300 |
            presigned | -301 | Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)
            """)
    void aSignatureIsGoodForItsTime(String vector, long secondsLater, @Nullable String words)
            throws AuthenticationException {
        Clock later = Clock.offset(Vectors.CLOCK, Duration.ofSeconds(secondsLater));
        SignatureVersion4 verifier = new SignatureVersion4(Vectors.KEYS, List.of("us-east-1"), later);
        WireRequest request = Vectors.named(vector).request();

        if (words == null) {
            assertThat(verifier.caller(request, "ses", "id").accessKey()).isEqualTo(Vectors.KEY);
        } else {
            AuthenticationException thrown = fault(verifier, request);
            assertThat(thrown.words()).isEqualTo(words);
            assertThat(thrown.fault()).isEqualTo(Fault.EXPIRED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-08-30T12:36:00Z", "20150830", "20150230T123600Z", "20150830T246000Z", "now", ""})
    void aTimeHasOneForm(String time) {
        assertFault(
                header(posted(), "x-amz-date", time),
                Fault.INCOMPLETE,
                "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
                        .formatted(time));
    }

    /** RFC 9110 5.6.7. */
    @Test
    void theDateHeaderServesWhereTheOtherIsAbsent() throws AuthenticationException {
        for (String date : List.of("Sun, 30 Aug 2015 12:36:00 GMT", "20150830T123600Z")) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            headers.put("host", List.of("127.0.0.1:8080"));
            headers.put("date", List.of(date));
            WireRequest unsigned = new WireRequest("GET", "/", "", headers, new byte[0]);
            CredentialScope scope = new CredentialScope(Vectors.KEY, "20150830", "us-east-1", "ses", "aws4_request");
            List<String> names = List.of("date", "host");
            String signature = Signature.of(
                    Vectors.SECRET, "20150830T123600Z", scope, CanonicalRequest.of(unsigned, Query.of(""), names));
            WireRequest signed = header(
                    unsigned,
                    "authorization",
                    "AWS4-HMAC-SHA256 Credential=%s/%s,SignedHeaders=date;host,Signature=%s"
                            .formatted(Vectors.KEY, scope.text(), signature));

            assertThat(Vectors.VERIFIER.caller(signed, "ses", "id").accessKey()).isEqualTo(Vectors.KEY);
            assertThat(fault(header(signed, "date", "Sun, 30 Aug 2015 12:36:01 GMT"))
                            .fault())
                    .isEqualTo(Fault.WRONG_SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v2/email/account", "/v2//email", "/v2/./email", "/v2/email/..", "/../v2", "//"})
    void aPathThatItsSignerWouldHaveShortenedIsRefused(String path) {
        assertFault(
                path(posted(), path),
                Fault.WRONG_SIGNATURE,
                "The path must not have empty segments, nor '.' and '..'.");
    }

    @Test
    void theQuerysOrderAndFormDoNotMatterButItsMeaningDoes() throws AuthenticationException {
        WireRequest request = Vectors.named("query API by GET").request();

        for (String same : List.of(
                "Action=ListIdentities&NextToken=a%2bb%2f+%3d&Version=2010-12-01",
                "NextToken=a%2Bb/%20%3D&Version=2010%2D12%2D01&&Action=ListIdentities")) {
            assertThat(Vectors.VERIFIER
                            .caller(query(request, same), "ses", "id")
                            .accessKey())
                    .isEqualTo(Vectors.KEY);
        }
        assertFault(query(request, request.query().replace("%2B", "+")), Fault.WRONG_SIGNATURE, NO_MATCH);
        assertThat(fault(query(request, "a=%2")).fault()).isEqualTo(Fault.INCOMPLETE);
        assertThat(fault(query(request, "a=%zz")).fault()).isEqualTo(Fault.INCOMPLETE);
    }

    @Test
    void keysThatCannotBeReadAreNobodysFault() {
        SignatureVersion4 verifier = new SignatureVersion4(
                _ -> {
                    throw new IOException("the rows cannot be read");
                },
                List.of("us-east-1"),
                Vectors.CLOCK);

        assertThatThrownBy(() -> verifier.caller(posted(), "ses", "id"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the rows cannot be read");
    }

    @Test
    void noSecretIsInAnyText() {
        AccessKey key = new AccessKey(Vectors.ACCOUNT, Vectors.KEY, Vectors.SECRET);

        assertThat(key.toString()).contains(Vectors.KEY).doesNotContain(Vectors.SECRET.reveal());
    }
}
