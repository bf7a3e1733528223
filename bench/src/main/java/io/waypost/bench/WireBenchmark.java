package io.waypost.bench;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the AWS APIs cost on the wire: a request read, validated, made a record, and its answer written. No signature, no store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WireBenchmark {

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    /** DescribeReceiptRuleRequest. */
    public record Named(String ruleSetName, String ruleName) {}

    /** CreateReceiptRuleRequest. */
    public record Create(String ruleSetName, Rule rule) {}

    /** SES' ReceiptRule. */
    public record Rule(
            String name,
            @Nullable List<String> recipients,
            @Nullable List<Action> actions) {}

    /** SES' ReceiptAction. */
    public record Action(@Nullable S3 s3Action) {}

    /** SES' S3Action. */
    public record S3(String bucketName, @Nullable String objectKeyPrefix) {}

    /** DescribeReceiptRuleResponse. */
    public record Described(Rule rule) {}

    /** PutSuppressedDestinationRequest. */
    public record Suppressed(String emailAddress, String reason) {}

    private final Rule rule = new Rule(
            "catch-all",
            List.of("example.com", ".example.com", "a@other.example"),
            List.of(new Action(new S3("mail", "in")), new Action(new S3("copies", null))));
    private final Front front = new Front(
            new Operations.Builder()
                    .add(
                            Api.SES,
                            "DescribeReceiptRule",
                            Named.class,
                            Described.class,
                            (caller, asked) -> new Described(rule))
                    .add(Api.SES, "CreateReceiptRule", Create.class, Nothing.class, (caller, asked) -> new Nothing())
                    .add(
                            Api.SESV2,
                            "PutSuppressedDestination",
                            Suppressed.class,
                            Nothing.class,
                            (caller, asked) -> new Nothing())
                    .build(),
            (request, signingName, requestId) ->
                    new Caller(new io.waypost.message.Scope("000000000000", "us-east-1"), "AKIATEST", requestId),
            () -> "11111111-2222-3333-4444-555555555555");
    private final WireRequest describe =
            form("Action=DescribeReceiptRule&Version=2010-12-01&RuleSetName=inbound&RuleName=catch-all");
    private final WireRequest create = form("Action=CreateReceiptRule&Version=2010-12-01&RuleSetName=inbound"
            + "&Rule.Name=catch-all&Rule.Enabled=true&Rule.TlsPolicy=Optional&Rule.ScanEnabled=true"
            + "&Rule.Recipients.member.1=example.com&Rule.Recipients.member.2=a%40other.example"
            + "&Rule.Actions.member.1.S3Action.BucketName=mail&Rule.Actions.member.1.S3Action.ObjectKeyPrefix=in"
            + "&Rule.Actions.member.2.StopAction.Scope=RuleSet");
    private final WireRequest suppress = new WireRequest(
            "PUT",
            "/v2/email/suppression/addresses",
            "",
            Map.of("content-type", List.of("application/json")),
            "{\"EmailAddress\":\"a@example.com\",\"Reason\":\"BOUNCE\"}".getBytes(StandardCharsets.UTF_8));

    private static WireRequest form(String form) {
        return new WireRequest(
                "POST", "/", "", Map.of("content-type", List.of(FORM)), form.getBytes(StandardCharsets.UTF_8));
    }

    /** Two members in, a rule of two actions out. */
    @Benchmark
    public WireResponse describeReceiptRule() {
        return front.answer(describe);
    }

    /** Eleven members in, nested three deep; an empty answer. */
    @Benchmark
    public WireResponse createReceiptRule() {
        return front.answer(create);
    }

    /** Two members of JSON in, an empty answer. */
    @Benchmark
    public WireResponse putSuppressedDestination() {
        return front.answer(suppress);
    }
}
