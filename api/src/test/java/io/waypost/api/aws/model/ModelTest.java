package io.waypost.api.aws.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.model.Shape.Structure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {

    @ParameterizedTest(name = "{0} of version {1} has {2} operations")
    @CsvSource({"SES, 2010-12-01, 71", "SESV2, 2019-09-27, 116", "MAILMANAGER, 2023-10-17, 60", "SNS, 2010-03-31, 42"})
    void everyModelIsWhole(Api api, String version, int operations) {
        assertThat(Model.of(api).version()).isEqualTo(version);
        assertThat(Model.of(api).operations()).hasSize(operations);
    }

    @ParameterizedTest(name = "{0} {1}: code {2}, status {3}, the sender's {4}")
    @CsvSource({
        "SES, RuleSetDoesNotExistException, RuleSetDoesNotExist, 400, true",
        "SES, MessageRejected, MessageRejected, 400, true",
        "SES, AccountSendingPausedException, AccountSendingPausedException, 400, true",
        "SESV2, NotFoundException, NotFoundException, 404, true",
        "SESV2, TooManyRequestsException, TooManyRequestsException, 429, true",
        "SESV2, ConflictException, ConflictException, 409, true",
        "SESV2, ConcurrentModificationException, ConcurrentModificationException, 500, false",
        "SESV2, InternalServiceErrorException, InternalServiceErrorException, 500, false",
        "SESV2, BadRequestException, BadRequestException, 400, true",
        "SNS, NotFoundException, NotFound, 404, true",
        "SNS, AuthorizationErrorException, AuthorizationError, 403, true",
        "MAILMANAGER, ResourceNotFoundException, ResourceNotFoundException, 400, true",
    })
    void errorsHaveTheirCodes(Api api, String name, String code, int status, boolean sender) {
        ErrorShape error = Model.of(api).error(name).orElseThrow();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.sender()).isEqualTo(sender);
        assertThat(Model.of(api).error(code)).contains(error);
    }

    @Test
    void aStructureKnowsWhereItsMembersStand() {
        Structure input =
                Model.of(Api.SESV2).operation("GetDedicatedIp").orElseThrow().input();
        Member ip = input.members().named("Ip");
        assertThat(ip).isNotNull();
        assertThat(ip.place()).isEqualTo(Member.Place.PATH);
        assertThat(ip.wireName()).isEqualTo("IP");
        assertThat(ip.required()).isTrue();
        assertThat(input.members().ofComponent("ip")).contains(ip);
    }

    static Stream<TextPattern> patterns() {
        Set<TextPattern> found = new HashSet<>();
        for (Api api : Api.values()) {
            for (OperationShape operation : Model.of(api).operations()) {
                gather(operation.input(), found);
                operation.output().ifPresent(output -> gather(output, found));
            }
        }
        return found.stream();
    }

    private static void gather(Shape shape, Set<TextPattern> found) {
        switch (shape) {
            case Structure structure -> structure.members().forEach(member -> gather(member.shape(), found));
            case Shape.Listed listed -> gather(listed.member(), found);
            case Shape.Mapped mapped -> {
                gather(mapped.key(), found);
                gather(mapped.value(), found);
            }
            case Shape.Text text -> text.pattern().ifPresent(found::add);
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    @Timeout(20)
    void noTextMakesAPatternHang(TextPattern pattern) {
        // Where requests are answered: the stack of a virtual thread.
        CompletableFuture.runAsync(() -> endsSoon(pattern), Thread::startVirtualThread)
                .join();
    }

    private static void endsSoon(TextPattern pattern) {
        for (String piece :
                List.of("a", "0", "/", "@", "a@", ":", "a-", "aA0=", "s3://a/", "1.", "\u0000", "😀", "arn:aws:")) {
            for (String begin : List.of("", "s3://abc", "arn:aws:ses:", "a@")) {
                for (int length : new int[] {30, 1000, TextPattern.LONGEST - 10, 600_000}) {
                    int times = Math.max(1, (length - begin.length()) / piece.length());
                    String text = begin + piece.repeat(times) + "\n!";
                    long start = System.nanoTime();
                    pattern.matches(text);
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} takes \"{1}\": {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "^[a-zA-Z0-9_.-]+$; in.bound_1-x; true",
                "^[a-zA-Z0-9_.-]+$; a b; false",
                "(([0-9]|.|:|/)*); 10.0.0.0/8; true",
                "s3://[a-zA-Z0-9.-]{3,63}(/[a-zA-Z0-9!_.*'()/-]*)*; s3://bucket/a/b//c; true",
                "s3://[a-zA-Z0-9.-]{3,63}(/[a-zA-Z0-9!_.*'()/-]*)*; s3://bucket; true",
                "s3://[a-zA-Z0-9.-]{3,63}(/[a-zA-Z0-9!_.*'()/-]*)*; s3://bucket/a b; false",
                "^(.+)@(.+)$; a@b; true",
                "^(.+)@(.+)$; ab; false",
            })
    void patternsTakeWholeTexts(String source, String text, boolean taken) {
        assertThat(new TextPattern(source).matches(text)).isEqualTo(taken);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void modelsAreReadOnce(Api api) {
        assertThat(Model.of(api)).isSameAs(Model.of(api));
    }

    @Test
    void theLettersOfCertificatesAreThoseOfTheirPattern() {
        TextPattern own = new TextPattern("[\\P{C}\\s]*");
        java.util.regex.Pattern jdk = java.util.regex.Pattern.compile("[\\P{C}\\s]*");
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = Character.toString(point);
            assertThat(own.matches(text))
                    .as("%x", point)
                    .isEqualTo(jdk.matcher(text).matches());
        }
    }
}
