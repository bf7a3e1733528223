package io.waypost.actions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.actions.fields.RecordingNotices;
import io.waypost.actions.webhook.EffectSamples;
import io.waypost.actions.webhook.Endpoint;
import io.waypost.actions.webhook.LoopbackHttp;
import io.waypost.actions.webhook.http.WebhookSecret;
import io.waypost.config.text.Document;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Disposition;
import io.waypost.message.MessageContent;
import io.waypost.message.Outcome;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaHandlerTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:route-mail";
    private static final MessageContent MAIL = EffectSamples.message("Subject: hi", "", "text");

    @AutoClose
    private static final LoopbackHttp HTTP = new LoopbackHttp();

    private final RecordingNotices notices = new RecordingNotices();
    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = new Endpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private LambdaHandler handler() {
        return new LambdaHandler(
                Map.of(
                        "route-mail", settings("/hook", false),
                        "local", settings("", true)),
                true,
                HTTP.sender(),
                (action, effect) -> action.toString().getBytes(StandardCharsets.UTF_8),
                notices);
    }

    private FunctionSettings settings(String path, boolean api) {
        return new FunctionSettings(
                endpoint.url(path),
                api,
                Optional.of(WebhookSecret.of("sixteen-characters-at-least")),
                Duration.ofSeconds(30),
                4,
                true);
    }

    private static LambdaAction action(String arn, boolean waits) {
        return new LambdaAction(FunctionArn.of(arn), waits, Optional.empty());
    }

    private Outcome perform(LambdaAction action) throws Exception {
        return handler().perform(action, EffectSamples.effect(MAIL, action));
    }

    private static Problems read(LambdaHandler handler, String yaml) {
        Problems problems = new Problems();
        Document.read("rules.yaml", yaml, Substitution.NONE, problems).ifPresent(node -> handler.read(node, problems));
        return problems;
    }

    @Test
    void aRuleNamesTheFunction() {
        Problems problems = new Problems();
        Optional<LambdaAction> read = Document.read(
                        "r", "function: \"" + ARN + "\"\nwait: true\ntopic: inbound\n", Substitution.NONE, problems)
                .flatMap(node -> handler().read(node, problems));
        assertThat(problems.all()).isEmpty();
        assertThat(read).contains(new LambdaAction(FunctionArn.of(ARN), true, Optional.of("inbound")));
        assertThat(read.orElseThrow().destination()).isEqualTo("function:route-mail");
        assertThat(read.orElseThrow().flow()).isInstanceOf(Action.Flow.Decides.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "wait: true                                                            | 'function' is missing; it has no default",
                "function: route-mail                                                  | 'function': not a function's ARN; write arn:aws:lambda:us-east-1:123456789012:function:NAME",
                "function: arn:aws:lambda:us-east-1:123456789012:function:route-mall   | 'function': there is no function 'route-mall' in the server's file; did you mean 'route-mail'?",
                "{ function: arn:aws:lambda:us-east-1:123456789012:function:local, x: 1 } | unknown key 'x'"
            })
    void faultsAreTold(String yaml, String fault) {
        assertThat(read(handler(), yaml).all())
                .anySatisfy(problem -> assertThat(problem.fault()).startsWith(fault));
    }

    @Test
    void anEventIsPostedWithTheEffectsKeyAndASignature() throws Exception {
        LambdaAction action = action(ARN, false);
        Effect effect = EffectSamples.effect(MAIL, action);
        Outcome outcome = handler().perform(action, effect);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        Endpoint.Got got = endpoint.got.getFirst();
        assertThat(got.path()).isEqualTo("/hook");
        assertThat(got.text()).isEqualTo("{type=Lambda, functionArn=" + ARN + ", invocationType=Event}");
        assertThat(got.headers())
                .containsEntry("x-amz-invocation-type", "Event")
                .containsEntry("webhook-id", effect.key().toString())
                .containsEntry("content-type", "application/json");
        assertThat(got.headers().get("webhook-signature"))
                .isEqualTo(WebhookSecret.of("sixteen-characters-at-least")
                        .sign(effect.key().toString(), effect.now().getEpochSecond(), got.body()));
    }

    @Test
    void aServiceWithLambdasApiIsCalledAtItsPath() throws Exception {
        perform(action("arn:aws:lambda:eu-west-1:210987654321:function:local:$LATEST", true));
        Endpoint.Got got = endpoint.got.getFirst();
        assertThat(got.path()).isEqualTo("/2015-03-31/functions/local/invocations?Qualifier=%24LATEST");
        assertThat(got.headers()).containsEntry("x-amz-invocation-type", "RequestResponse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"disposition\":\"STOP_RULE\"}     | STOP_RULE",
                "{\"disposition\":\"STOP_RULE_SET\"} | STOP_RULE_SET",
                "{\"disposition\":\"CONTINUE\"}      | CONTINUE",
                "{\"disposition\":\"whatever\"}      | CONTINUE",
                "null                                | CONTINUE",
                "''                                  | CONTINUE",
                "no json                             | CONTINUE",
            })
    void anAnswerDecides(String body, Disposition disposition) throws Exception {
        endpoint.answers(200, body, Map.of());
        assertThat(perform(action(ARN, true)))
                .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.disposition())
                        .isEqualTo(disposition));
    }

    @Test
    void whoeverDoesNotWaitIsNotDecidedFor() throws Exception {
        endpoint.answers(202, "{\"disposition\":\"STOP_RULE_SET\"}", Map.of());
        assertThat(perform(action(ARN, false)))
                .isInstanceOfSatisfying(Outcome.Done.class, done -> assertThat(done.disposition())
                        .isEqualTo(Disposition.CONTINUE));
    }

    @Test
    void aFunctionThatFailsIsCalledAgain() throws Exception {
        endpoint.answers(200, "{\"errorType\":\"Error\",\"errorMessage\":\"no database\"}", Map.of());
        assertThat(perform(action(ARN, true))).isEqualTo(Outcome.retry("the function failed: Error no database"));
        endpoint.answers(500, "", Map.of());
        assertThat(perform(action(ARN, true))).isInstanceOf(Outcome.Retry.class);
        endpoint.close();
        LambdaAction action = action(ARN, true);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> perform(action))
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void aTopicIsToldWhenTheFunctionWasCalled() throws Exception {
        LambdaAction action = new LambdaAction(FunctionArn.of(ARN), false, Optional.of("inbound"));
        Outcome outcome = perform(action);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(notices.told).singleElement().asString().startsWith("inbound {type=Lambda, functionArn=" + ARN);
        endpoint.answers(500, "", Map.of());
        perform(action);
        assertThat(notices.told).hasSize(1);
    }

    @Test
    void aFunctionThatWasTakenFromTheFileIsSaid() throws Exception {
        LambdaAction gone = action("arn:aws:lambda:us-east-1:123456789012:function:gone", false);
        assertThat(perform(gone))
                .isEqualTo(Outcome.failed("there is no function 'gone' in the server's file any more"));
    }
}
