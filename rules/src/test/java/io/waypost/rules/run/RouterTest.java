package io.waypost.rules.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waypost.message.Client;
import io.waypost.message.Disposition;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.rules.Action;
import io.waypost.rules.ActionHandlers;
import io.waypost.rules.Rule;
import io.waypost.rules.RuleSet;
import io.waypost.rules.TlsPolicy;
import io.waypost.rules.match.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final RuleSetVersion VERSION = new RuleSetVersion("test", 1);
    private static final String MESSAGE = "Subject: hi\r\n\r\nbody\r\n";

    private final MemoryStore store = new MemoryStore();
    private final Script script = new Script();
    private final List<MailLog.Event> events = new CopyOnWriteArrayList<>();
    private final Map<RuleSetVersion, RuleSet> sets = new ConcurrentHashMap<>();
    private final Random random = new Random(1);
    private volatile CountDownLatch unavailable;
    private volatile Consumer<MailLog.Event> hearing = event -> {};
    private DefaultCamelContext camel;
    private Router router;

    @BeforeEach
    void start() throws Exception {
        router = newRouter(Duration.ofDays(3), Duration.ofMillis(5));
    }

    @AfterEach
    void stop() throws Exception {
        router.close();
        camel.close();
    }

    private Router newRouter(Duration giveUpAfter, Duration poll) throws Exception {
        camel = new DefaultCamelContext();
        camel.disableJMX();
        RouterSettings settings = new RouterSettings(
                new RetrySchedule(Duration.ofMillis(5), 2, Duration.ofMillis(50), giveUpAfter),
                100,
                poll,
                Duration.ofMillis(5));
        Router made = new Router(
                settings,
                this::find,
                new ActionRegistry(new ActionHandlers(List.of(script))),
                store,
                store,
                this::hear,
                camel,
                Clock.systemUTC(),
                random);
        made.start();
        return made;
    }

    private void hear(MailLog.Event event) {
        events.add(event);
        hearing.accept(event);
    }

    private RuleSet find(RuleSetVersion version) throws IOException {
        CountDownLatch asked = unavailable;
        if (asked != null) {
            asked.countDown();
            throw new IOException("the archive does not answer");
        }
        return Optional.ofNullable(sets.get(version)).orElseThrow(() -> new IOException("no " + version));
    }

    private static Rule rule(String name, Action... actions) {
        return new Rule(
                name, true, List.of(), TlsPolicy.OPTIONAL, Condition.ALWAYS, Condition.NEVER, Arrays.asList(actions));
    }

    private MessageId accept(Rule... rules) throws IOException {
        RuleSet set = new RuleSet(VERSION, List.of(rules));
        sets.put(VERSION, set);
        List<Plan.PlannedRun> runs = new ArrayList<>();
        OptionalInt decider = OptionalInt.empty();
        EmailAddress to = EmailAddress.of("a@example.com");
        for (int i = 0; i < rules.length; i++) {
            String destination = rules[i].actions().stream()
                    .filter(FlowSteps::isCarriedOut)
                    .findFirst()
                    .map(Action::destination)
                    .orElse("");
            runs.add(new Plan.PlannedRun(rules[i].name(), List.of(to), decider, destination));
            if (rules[i].actions().stream().anyMatch(action -> action.flow() instanceof Action.Flow.Decides)) {
                decider = OptionalInt.of(i);
            }
        }
        Instant now = Instant.now();
        MessageId id = MessageId.next(now, random);
        Draft draft = store.draft(-1);
        byte[] bytes = MESSAGE.getBytes(StandardCharsets.UTF_8);
        draft.write(bytes, 0, bytes.length);
        Envelope envelope = Envelope.of(ReversePath.NULL, List.of(to), Client.local("test"));
        router.offer(store.commit(
                new Spool.Acceptance(
                        id,
                        Line.INBOUND,
                        now,
                        envelope,
                        new byte[0],
                        new Plan(VERSION, runs, Map.of()),
                        Optional.empty()),
                draft));
        return id;
    }

    private List<String> keys() {
        return script.seen().stream().map(seen -> seen.key().substring(41)).toList();
    }

    private void awaitSettled(MessageId id) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> events.stream().anyMatch(e -> e instanceof MailLog.Settled s && s.id().equals(id)));
    }

    @Test
    void actionsOfARuleRunInOrderAndTheMailIsSettled() throws Exception {
        MessageId id = accept(rule("r", Script.Step.to("x:1"), Script.Step.to("x:2"), Script.Step.to("")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/r/0", "test@1/r/1", "test@1/r/2");
        assertThat(store.attempts()).hasSize(3);
    }

    @Test
    void aFailingActionHoldsThoseBehindItAndIsTriedAgainWithTheSameKey() throws Exception {
        script.behave(effect ->
                effect.key().action() == 0 && effect.attempt() < 4 ? Outcome.retry("not yet") : Outcome.done("ok"));
        MessageId id = accept(rule("r", Script.Step.to("x:1"), Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/r/0", "test@1/r/0", "test@1/r/0", "test@1/r/0", "test@1/r/1");
        assertThat(script.seen().stream().map(Script.Seen::attempt)).containsExactly(1, 2, 3, 4, 1);
    }

    @Test
    void anExceptionIsATryInVain() throws Exception {
        script.behave(effect -> {
            if (effect.attempt() == 1) {
                throw new IOException("reset by peer");
            }
            return Outcome.done("ok");
        });
        awaitSettled(accept(rule("r", Script.Step.to("x:1"))));
        assertThat(store.attempts().getFirst().outcome()).isEqualTo(Outcome.retry("IOException: reset by peer"));
    }

    @Test
    void otherRulesGoOnWhileOneFails() throws Exception {
        CountDownLatch mend = new CountDownLatch(1);
        script.behave(effect ->
                effect.rule().name().equals("bad") && mend.getCount() > 0 ? Outcome.retry("down") : Outcome.done("ok"));
        MessageId id = accept(rule("bad", Script.Step.to("x:1")), rule("good", Script.Step.to("x:2")));
        await().until(() -> store.state(new RunKey(id, 1)) instanceof RunState.Done);
        assertThat(store.state(new RunKey(id, 0))).isNotInstanceOf(RunState.Done.class);
        mend.countDown();
        awaitSettled(id);
    }

    @Test
    void aHungDestinationDelaysNobodyElse() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        script.behave(effect -> {
            if (effect.run().destination().equals("x:hung")) {
                hang.await();
            }
            return Outcome.done("ok");
        });
        for (int i = 0; i < 300; i++) {
            accept(rule("r", Script.Step.to("x:hung")));
        }
        sets.put(VERSION, new RuleSet(VERSION, List.of()));
        List<MessageId> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(accept(rule("r", Script.Step.to("x:hung")), rule("q", Script.Step.to("x:quick"))));
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> others.stream().allMatch(id -> store.state(new RunKey(id, 1)) instanceof RunState.Done));
        hang.countDown();
        await().atMost(Duration.ofSeconds(20)).until(store::allDone);
    }

    /** What found no place is claimed when there is place again, not when the ledger is next looked at anyway. */
    @ParameterizedTest
    @ValueSource(strings = {"x:one", ""})
    void aBacklogIsWorkedOffWithoutWaitingForThePoll(String destination) throws Exception {
        stop();
        router = newRouter(Duration.ofDays(3), Duration.ofHours(1));
        CountDownLatch hold = new CountDownLatch(1);
        script.behave(effect -> {
            hold.await();
            return Outcome.done("ok");
        });
        for (int i = 0; i < 1000; i++) {
            accept(rule("r", Script.Step.to(destination)));
        }
        hold.countDown();
        await().atMost(Duration.ofSeconds(20)).until(store::allDone);
    }

    @Test
    void laterRulesWaitForADecidingActionAndGoOn() throws Exception {
        MessageId id = accept(rule("first", Script.Step.deciding("x:1")), rule("second", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/first/0", "test@1/second/0");
    }

    @Test
    void stopRuleSetSkipsAllThatWait() throws Exception {
        script.behave(effect -> new Outcome.Done(Disposition.STOP_RULE_SET, "stop"));
        MessageId id = accept(
                rule("a", Script.Step.deciding("x:1"), Script.Step.to("x:2")),
                rule("b", Script.Step.deciding("x:2")),
                rule("c", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/a/0");
        assertThat(store.state(new RunKey(id, 2))).isEqualTo(new RunState.Done(RunState.How.SKIPPED));
    }

    @Test
    void aStopBehindADecidingActionEndsTheRuleSetWhenItIsReached() throws Exception {
        Action stop = new Script.Step("script", "", new Action.Flow.Stops(Disposition.STOP_RULE_SET, false));
        MessageId id = accept(
                rule("a", Script.Step.deciding("x:1"), stop, Script.Step.to("x:2")), rule("b", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/a/0");
        assertThat(store.state(new RunKey(id, 1))).isEqualTo(new RunState.Done(RunState.How.SKIPPED));
    }

    @Test
    void aStopThatTellsSomebodyIsCarriedOutOnceAndStops() throws Exception {
        Action stop = new Script.Step("script", "t:1", new Action.Flow.Stops(Disposition.STOP_RULE_SET, true));
        script.behave(effect ->
                new Outcome.Done(effect.key().action() == 1 ? Disposition.STOP_RULE_SET : Disposition.CONTINUE, "ok"));
        MessageId id = accept(
                rule("a", Script.Step.deciding("x:1"), stop, Script.Step.to("x:2")), rule("b", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/a/0", "test@1/a/1");
        assertThat(store.state(new RunKey(id, 1))).isEqualTo(new RunState.Done(RunState.How.SKIPPED));
    }

    @Test
    void aStopThatCannotTellStopsAllTheSame() throws Exception {
        Action stop = new Script.Step("script", "t:1", new Action.Flow.Stops(Disposition.STOP_RULE_SET, true));
        script.behave(effect -> effect.key().action() == 1 ? Outcome.failed("410 gone") : Outcome.done("ok"));
        MessageId id = accept(rule("a", Script.Step.deciding("x:1"), stop), rule("b", Script.Step.to("x:2")));
        await().until(() -> store.state(new RunKey(id, 0)) instanceof RunState.Dead);
        assertThat(store.state(new RunKey(id, 1))).isEqualTo(new RunState.Done(RunState.How.SKIPPED));
        assertThat(keys()).containsExactly("test@1/a/0", "test@1/a/1");
    }

    @Test
    void aRejectionEndsItsRule() throws Exception {
        Action reject = new Script.Step("script", "", new Action.Flow.Refuses(Reply.of(550, "5.7.1", "No"), true));
        MessageId id = accept(rule("a", reject, Script.Step.to("x:2")), rule("b", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactlyInAnyOrder("test@1/a/0", "test@1/b/0");
    }

    @Test
    void stopRuleSkipsTheRestOfTheRuleOnly() throws Exception {
        script.behave(effect -> effect.rule().name().equals("a")
                ? new Outcome.Done(Disposition.STOP_RULE, "stop")
                : Outcome.done("ok"));
        MessageId id =
                accept(rule("a", Script.Step.deciding("x:1"), Script.Step.to("x:2")), rule("b", Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(keys()).containsExactly("test@1/a/0", "test@1/b/0");
    }

    @Test
    void aRunThatAFaultStopsWhileTheStoreTakesNothingIsCarriedOutWhenItDoes() throws Exception {
        hearing = event -> {
            hearing = later -> {};
            store.fail(true);
            throw new IllegalStateException("a fault of the program");
        };
        MessageId id = accept(rule("r", Script.Step.to("x:1"), Script.Step.to("x:2")));
        await().until(() -> store.refusals() > 0);
        store.fail(false);
        awaitSettled(id);
    }

    @Test
    void aFailureForGoodIsDeadAndKeptAndCanBeReplayed() throws Exception {
        script.behave(effect -> effect.attempt() == 1 ? Outcome.failed("410 gone") : Outcome.done("ok"));
        MessageId id = accept(rule("r", Script.Step.to("x:1")));
        await().until(() -> store.state(new RunKey(id, 0)) instanceof RunState.Dead);
        await().until(() -> events.stream().anyMatch(MailLog.Died.class::isInstance));
        assertThat(store.content(id).size()).isEqualTo(MESSAGE.length());
        store.replay(store.attempts().getFirst().effect(), Instant.now(), "x:1");
        awaitSettled(id);
        assertThat(script.seen().getLast().attempt()).isEqualTo(2);
    }

    @Test
    void theWindowEndsInDeathUnlessSomebodyWasTold() throws Exception {
        stop();
        router = newRouter(Duration.ofMillis(30), Duration.ofMillis(5));
        script.behave(effect -> Outcome.retry("down"));
        MessageId dead = accept(rule("r", Script.Step.to("x:1")));
        await().until(() -> store.state(new RunKey(dead, 0)) instanceof RunState.Dead);
        script.onGivingUp(effect -> Optional.of(Outcome.done("sender told")));
        MessageId told = accept(rule("r", Script.Step.to("x:2")));
        awaitSettled(told);
    }

    @Test
    void addedFieldsAreSeenByActionsBehindThemAndByLaterRules() throws Exception {
        MessageId id = accept(
                rule("a", Script.Step.to(""), Script.Step.adding("X-One", "1"), Script.Step.to("")),
                rule("b", Script.Step.adding("X-Two", "2"), Script.Step.to("")));
        awaitSettled(id);
        assertThat(contentSeenBy("test@1/a/0")).isEqualTo(MESSAGE);
        assertThat(contentSeenBy("test@1/a/2")).isEqualTo("X-One: 1\r\n" + MESSAGE);
        assertThat(contentSeenBy("test@1/b/1")).isEqualTo("X-Two: 2\r\nX-One: 1\r\n" + MESSAGE);
    }

    private String contentSeenBy(String key) {
        return script.seen().stream()
                .filter(seen -> seen.key().endsWith(key))
                .findFirst()
                .orElseThrow()
                .content();
    }

    @Test
    void aRevisedContentIsSeenByTheActionsBehindItAlsoAfterARetry() throws Exception {
        script.behave(effect -> {
            if (effect.key().action() == 1) {
                Draft draft = effect.revisions().draft();
                draft.write("new\r\n".getBytes(StandardCharsets.UTF_8), 0, 5);
                effect.revisions().replaceWith(draft);
            }
            return effect.key().action() == 3 && effect.attempt() < 3 ? Outcome.retry("later") : Outcome.done("ok");
        });
        MessageId id = accept(rule(
                "r",
                Script.Step.adding("X-One", "1"),
                Script.Step.to("x:1"),
                Script.Step.adding("X-Two", "2"),
                Script.Step.to("x:2")));
        awaitSettled(id);
        assertThat(script.seen().stream().map(Script.Seen::content))
                .containsExactly(
                        "X-One: 1\r\n" + MESSAGE, "X-Two: 2\r\nnew\r\n", "X-Two: 2\r\nnew\r\n", "X-Two: 2\r\nnew\r\n");
    }

    @Test
    void whatIsAboutOneEffectClosesTheLaneToNoOther() throws Exception {
        script.behave(effect -> new Outcome.Retry("not this one", Optional.of(Duration.ofHours(1)), true));
        int many = 20;
        for (int i = 0; i < many; i++) {
            accept(rule("r", Script.Step.to("x:1")));
        }
        await().until(() -> script.seen().size() == many);
        script.behave(effect -> Outcome.done("ok"));
        awaitSettled(accept(rule("r", Script.Step.to("x:1"))));
    }

    @Test
    void anEffectWithAnEndIsTriedThenHoweverLongItWouldWait() throws Exception {
        Instant end = Instant.now().plusMillis(300);
        script.end = end;
        script.behave(effect -> Instant.now().isBefore(end)
                ? new Outcome.Retry("later", Optional.of(Duration.ofHours(1)))
                : Outcome.done("over"));
        awaitSettled(accept(rule("r", Script.Step.to("x:1"))));
        assertThat(script.seen()).extracting(Script.Seen::attempt).containsExactly(1, 2);
    }

    @Test
    void whatIsDoneIsNotDoneAgainWhileTheLedgerCannotBeWritten() throws Exception {
        store.fail(true);
        MessageId id = accept(rule("r", Script.Step.to("x:1")));
        await().until(() -> script.seen().size() == 1);
        store.fail(false);
        awaitSettled(id);
        assertThat(script.seen()).hasSize(1);
    }

    @Test
    void aRuleOfFlowActionsOnlyIsSettledAtOnce() throws Exception {
        awaitSettled(accept(rule("r", Script.Step.adding("X-One", "1"))));
    }

    @Test
    void whatWasDroppedEndsWithoutBeingCarriedOut() throws Exception {
        script.behave(effect -> Outcome.retry("down"));
        MessageId id = accept(rule("r", Script.Step.to("x:1")));
        await().until(() -> !script.seen().isEmpty());
        RunKey run = new RunKey(id, 0);
        await().until(() -> store.drop(run));
        awaitSettled(id);
        assertThat(store.state(run)).isEqualTo(new RunState.Done(RunState.How.DROPPED));
    }

    @Test
    void runsWhoseRulesCannotBeHadWaitForThem() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        unavailable = asked;
        MessageId id = accept(rule("r", Script.Step.to("x:1")));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(script.seen()).isEmpty();
        unavailable = null;
        awaitSettled(id);
    }

    @Test
    void aStoppedRouterHasNothingInHand() throws Exception {
        awaitSettled(accept(rule("r", Script.Step.to("x:1"))));
        await().until(() -> router.inHand() == 0);
        router.stop(Duration.ofSeconds(10));
        assertThat(router.inHand()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyEffectIsDoneInOrderWhateverFailsAndWheneverTheRouterDies(long seed) throws Exception {
        Random faults = new Random(seed);
        script.behave(effect -> {
            int dice;
            synchronized (faults) {
                dice = faults.nextInt(10);
            }
            return switch (dice) {
                case 0 -> throw new IOException("dropped");
                case 1 -> Outcome.retry("500");
                default -> Outcome.done("ok");
            };
        });
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add(accept(rule("a", Script.Step.to("x:1"), Script.Step.to("x:2")), rule("b", Script.Step.to("x:3"))));
            if (i % 50 == 49) {
                stop();
                // What is dead writes nothing more: a run cut short ends before the next router begins.
                await().until(() -> router.inHand() == 0);
                store.forgetClaims();
                router = newRouter(Duration.ofDays(3), Duration.ofMillis(5));
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(store::allDone);
        for (MessageId id : ids) {
            List<String> done = store.attempts().stream()
                    .filter(a -> a.effect().message().equals(id) && a.outcome() instanceof Outcome.Done)
                    .map(a -> a.effect().rule() + a.effect().action())
                    .toList();
            assertThat(done).contains("a0", "a1", "b0");
            assertThat(done.indexOf("a0")).isLessThan(done.lastIndexOf("a1"));
        }
    }
}
