package io.waypost.api.receiving;

import static io.waypost.api.receiving.Receipts.HOME;
import static io.waypost.api.receiving.Receipts.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.receiving.ReceiptAction.AddHeaderAction;
import io.waypost.api.receiving.ReceiptAction.BounceAction;
import io.waypost.api.receiving.ReceiptAction.LambdaAction;
import io.waypost.api.receiving.ReceiptAction.S3Action;
import io.waypost.api.receiving.ReceiptAction.SNSAction;
import io.waypost.api.receiving.ReceiptAction.StopAction;
import io.waypost.message.Scope;
import io.waypost.rules.match.CompiledRuleSet;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SES contract 2.1 and 2.4 say of sets, rules and filters. */
class ReceivingOperationsTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:inbound";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";

    private Receipts receipts;

    @BeforeEach
    void begin() throws IOException {
        receipts = new Receipts();
    }

    private static void refused(String error, String words, ThrowingCallable call) {
        ServiceException refused = catchThrowableOfType(ServiceException.class, call);
        assertThat(refused).as("%s %s", error, words).isNotNull();
        assertThat(refused.error() + ": " + refused.words()).isEqualTo(error + ": " + words);
    }

    private void activate(String set) throws Exception {
        receipts.call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(set));
    }

    private CompiledRuleSet inForce() {
        return receipts.book.active().orElseThrow();
    }

    @Test
    void aNewRuleGoesToTheFrontOrBehindTheOneItNames() throws Exception {
        receipts.create("s", "a", "b");
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("front")));
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", rule("middle")));
        assertThat(receipts.rules("s")).containsExactly("front", "a", "middle", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "none", rule("x"))));
        refused(
                "AlreadyExistsException",
                "Rule already exists: a",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("a"))));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: none",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("none", null, rule("a"))));
    }

    @Test
    void aRuleIsMovedToTheFrontOrBehindAnother() throws Exception {
        receipts.create("s", "a", "b", "c");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", null));
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", "a"));
        assertThat(receipts.rules("s")).containsExactly("a", "c", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "c", "c"));
        assertThat(receipts.rules("s")).containsExactly("a", "c", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "a", "none")));
    }

    @Test
    void anUpdateReplacesTheWholeRuleInItsPlace() throws Exception {
        receipts.create("s", "a");
        ReceiptRule full = new ReceiptRule(
                "b",
                true,
                "Require",
                List.of("example.com"),
                List.of(ReceiptAction.of(new AddHeaderAction("X-A", "1"))),
                true);
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", full));
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "b", rule("c")));
        receipts.call(
                "UpdateReceiptRule",
                new RuleOperations.Update("s", new ReceiptRule("b", null, null, null, null, null)));
        assertThat(receipts.rules("s")).containsExactly("a", "b", "c");
        assertThat(receipts.call("DescribeReceiptRule", new RuleOperations.Named("s", "b")))
                .isEqualTo(new RuleOperations.Described(
                        new ReceiptRule("b", false, "Optional", List.of(), List.of(), false)));
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: none",
                () -> receipts.call("UpdateReceiptRule", new RuleOperations.Update("s", rule("none"))));
    }

    @Test
    void reorderingNamesEveryRuleOnce() throws Exception {
        receipts.create("s", "a", "b", "c");
        receipts.call("ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", List.of("c", "a", "b")));
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
        refused(
                "RuleDoesNotExistException",
                "Rule does not exist: x",
                () -> receipts.call(
                        "ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", List.of("x", "a", "b"))));
        for (List<String> names : List.of(List.of("a", "b"), List.of("a", "b", "a"), List.of("a", "b", "c", "a"))) {
            refused(
                    "InvalidParameterValue",
                    "The list must name each rule of the rule set once: s",
                    () -> receipts.call("ReorderReceiptRuleSet", new RuleSetOperations.Reorder("s", names)));
        }
        assertThat(receipts.rules("s")).containsExactly("c", "a", "b");
    }

    @Test
    void deletingWhatIsNotThereIsFineButForARuleOfNoSet() throws Exception {
        receipts.create("s", "a");
        receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "none"));
        receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "a"));
        assertThat(receipts.rules("s")).isEmpty();
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("none"));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: s",
                () -> receipts.call("DeleteReceiptRule", new RuleOperations.Named("s", "a")));
        receipts.call("DeleteReceiptFilter", new FilterOperations.Delete("none"));
    }

    @Test
    void theActiveSetCannotBeDeleted() throws Exception {
        receipts.create("s", "a");
        activate("s");
        refused(
                "CannotDeleteException",
                "Cannot delete active rule set: s",
                () -> receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s")));
        receipts.call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(null));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
    }

    @Test
    void aCloneHasTheSameRulesInTheirOrder() throws Exception {
        receipts.create("s", "a", "b");
        receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "s"));
        assertThat(receipts.rules("copy")).containsExactly("a", "b");
        refused(
                "AlreadyExistsException",
                "Rule set already exists: copy",
                () -> receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "s")));
        refused(
                "RuleSetDoesNotExistException",
                "Rule set does not exist: none",
                () -> receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("x", "none")));
    }

    @Test
    void theActiveSetIsInForceWithEveryChange() throws Exception {
        assertThat(receipts.call("DescribeActiveReceiptRuleSet", new Nothing()))
                .isEqualTo(new RuleSetOperations.Described(null, null));
        receipts.create("s", "a");
        assertThat(receipts.book.active()).isEmpty();
        activate("s");
        assertThat(inForce().version()).hasToString("s@1");
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", "a", rule("b")));
        assertThat(inForce().ruleSet().rules()).extracting("name").containsExactly("a", "b");
        receipts.call("SetReceiptRulePosition", new RuleOperations.Move("s", "b", null));
        assertThat(inForce().ruleSet().rules()).extracting("name").containsExactly("b", "a");
        receipts.call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(null));
        assertThat(receipts.book.active()).isEmpty();
        refused("RuleSetDoesNotExistException", "Rule set does not exist: none", () -> activate("none"));
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        receipts.create("s", "a", "b");
        receipts.create("t");
        activate("s");
        receipts.call(
                "CreateReceiptFilter",
                new FilterOperations.Create(
                        new ReceiptFilter("f", new ReceiptFilter.IpFilter("Block", "192.0.2.0/24"))));
        Receipts after = new Receipts(receipts.settings);
        assertThat(after.rules("s")).containsExactly("a", "b");
        assertThat(after.book.active().orElseThrow().ruleSet().rules())
                .extracting("name")
                .containsExactly("a", "b");
        assertThat(after.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null)))
                .isEqualTo(receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null)));
        assertThat(after.call("ListReceiptFilters", new Nothing()))
                .isEqualTo(receipts.call("ListReceiptFilters", new Nothing()));
        assertThat(after.book.inForce().receivers().getFirst().filter().blocked())
                .hasSize(1);
    }

    @Test
    void scopesAreApart() throws Exception {
        Scope far = new Scope(HOME.account(), "eu-west-1");
        receipts.create("s", "a");
        assertThat(receipts.call(far, "ListReceiptRuleSets", new RuleSetOperations.ListSets(null)))
                .isEqualTo(new RuleSetOperations.Listed(List.of(), null));
        receipts.call(far, "CreateReceiptRuleSet", new RuleSetOperations.Named("s"));
        receipts.call(far, "SetActiveReceiptRuleSet", new RuleSetOperations.Activate("s"));
        assertThat(receipts.call("DescribeActiveReceiptRuleSet", new Nothing()))
                .isEqualTo(new RuleSetOperations.Described(null, null));
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("s"));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,        ValidationError,       1 validation error detected: Value at 'ruleSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$",
        "ü,          ValidationError,       1 validation error detected: Value at 'ruleSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$",
        "'',         InvalidParameterValue, Not a valid ruleSetName: ",
        "-a,         InvalidParameterValue, Not a valid ruleSetName: -a",
        "a.,         InvalidParameterValue, Not a valid ruleSetName: a.",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, InvalidParameterValue, Not a valid ruleSetName: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void namesHaveAForm(String name, String error, String words) {
        // CSV takes the blank at the end away.
        String said = words.endsWith(":") ? words + " " : words;
        refused(error, said, () -> receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named(name)));
    }

    @Test
    void thereAreLimits() throws Exception {
        for (int i = 0; i < ReceiptRuleSets.MOST_SETS; i++) {
            receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named("s" + i));
        }
        refused(
                "LimitExceededException",
                "Too many rule sets",
                () -> receipts.call("CreateReceiptRuleSet", new RuleSetOperations.Named("more")));
        for (int i = 0; i < ReceiptRuleSets.MOST_RULES; i++) {
            receipts.call("CreateReceiptRule", new RuleOperations.Create("s0", null, rule("r" + i)));
        }
        refused(
                "LimitExceededException",
                "Too many rules in rule set: s0",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s0", null, rule("more"))));
        ReceiptAction header = ReceiptAction.of(new AddHeaderAction("X-A", "1"));
        refused(
                "LimitExceededException",
                "Too many actions in rule: r",
                () -> receipts.call(
                        "CreateReceiptRule",
                        new RuleOperations.Create(
                                "s1",
                                null,
                                rule(
                                        "r",
                                        java.util.Collections.nCopies(11, header)
                                                .toArray(ReceiptAction[]::new)))));
        ReceiptRule wide = new ReceiptRule(
                "r",
                true,
                null,
                IntStream.range(0, 101).mapToObj(i -> "u" + i + "@example.com").toList(),
                null,
                null);
        refused(
                "LimitExceededException",
                "Too many recipients in rule: r",
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s1", null, wide)));
        for (int i = 0; i < ReceiptFilters.MOST; i++) {
            filter("f" + i, "Block", "192.0.2." + i);
        }
        refused("LimitExceededException", "Too many filters", () -> filter("more", "Block", "192.0.2.0/24"));
    }

    private void filter(String name, String policy, String cidr) throws Exception {
        receipts.call(
                "CreateReceiptFilter",
                new FilterOperations.Create(new ReceiptFilter(name, new ReceiptFilter.IpFilter(policy, cidr))));
    }

    @Test
    void filtersAreCheckedListedAndInForce() throws Exception {
        receipts.create("s");
        activate("s");
        filter("b", "Block", "0.0.0.0/0");
        filter("a", "Allow", "198.51.100.7");
        refused("AlreadyExistsException", "Filter already exists: a", () -> filter("a", "Block", "10.0.0.0/8"));
        refused("InvalidParameterValue", "Not a valid filterName: -x", () -> filter("-x", "Block", "10.0.0.0/8"));
        refused("InvalidParameterValue", "Invalid CIDR block: 10.0.0.0/33", () -> filter("x", "Block", "10.0.0.0/33"));
        refused("InvalidParameterValue", "Invalid CIDR block: home", () -> filter("x", "Block", "home"));
        assertThat(((FilterOperations.Listed) receipts.call("ListReceiptFilters", new Nothing())).filters())
                .extracting(ReceiptFilter::name)
                .containsExactly("a", "b");
        var filter = receipts.book.inForce().receivers().getFirst().filter();
        assertThat(filter.blocks(java.net.InetAddress.ofLiteral("198.51.100.7")))
                .isFalse();
        assertThat(filter.blocks(java.net.InetAddress.ofLiteral("198.51.100.8")))
                .isTrue();
        receipts.call("DeleteReceiptFilter", new FilterOperations.Delete("b"));
        assertThat(receipts.book.inForce().receivers().getFirst().filter().blocked())
                .isEmpty();
    }

    @Test
    void everyActionBecomesOneOfARuleFile() throws Exception {
        receipts.create("s");
        ReceiptRule rule = new ReceiptRule(
                "r",
                true,
                "Require",
                List.of("help@example.com", ".example.com"),
                List.of(
                        ReceiptAction.of(new S3Action(TOPIC, "mail", "in", "arn:kms", "arn:role")),
                        ReceiptAction.of(new AddHeaderAction("X-A", "${SECRET} ${file:/etc/passwd} $${x")),
                        ReceiptAction.of(new LambdaAction(null, FUNCTION, "RequestResponse")),
                        ReceiptAction.of(new SNSAction(TOPIC, "Base64")),
                        ReceiptAction.of(new BounceAction(null, "550", "5.1.1", "no", "me@example.com")),
                        ReceiptAction.of(new StopAction("RuleSet", TOPIC))),
                true);
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule));
        activate("s");
        assertThat(AnyAction.destinations(inForce().ruleSet()))
                .containsExactly(
                        "s3:[bucket=mail, prefix=in, topic=" + TOPIC + ", kmsKey=arn:kms]",
                        "addHeader:[name=X-A, value=${SECRET} ${file:/etc/passwd} $${x]",
                        "lambda:[function=" + FUNCTION + ", wait=true]",
                        "notify:[topic=" + TOPIC + ", content=base64]",
                        "bounce:[code=550, status=5.1.1, message=no, sender=me@example.com]",
                        "stop:[scope=ruleSet, topic=" + TOPIC + "]");
        var read = inForce().ruleSet().rules().getFirst();
        assertThat(read.scan()).isTrue();
        assertThat(read.tls()).hasToString("REQUIRE");
        assertThat(read.recipients()).hasSize(2);
        // The archive reads it back the same way.
        assertThat(receipts.reader
                        .read(
                                "x",
                                receipts.archive.text(inForce().version()).orElseThrow(),
                                io.waypost.rules.file.Ownership.NOT_ASKED,
                                new io.waypost.config.text.Problems())
                        .orElseThrow()
                        .rules())
                .isEqualTo(inForce().ruleSet().rules());
        assertThat(receipts.call("DescribeReceiptRule", new RuleOperations.Named("s", "r")))
                .isEqualTo(new RuleOperations.Described(rule));
    }

    @Test
    void aRuleThatOnlyAddsFieldsTakesTheMail() throws Exception {
        receipts.create("s", "none");
        receipts.call(
                "CreateReceiptRule",
                new RuleOperations.Create("s", null, rule("add", ReceiptAction.of(new AddHeaderAction("X-A", "1")))));
        activate("s");
        assertThat(AnyAction.destinations(inForce().ruleSet()))
                .containsExactly("addHeader:[name=X-A, value=1]", "stop:rule", "stop:rule");
    }

    @Test
    void whatARuleNamesIsTriedBeforeItIsKept() throws Exception {
        receipts.create("s");
        refused(
                "InvalidS3ConfigurationException",
                "Could not write to bucket: bad",
                () -> createWith(ReceiptAction.of(new S3Action(null, "bad", null, null, null))));
        refused(
                "InvalidS3ConfigurationException",
                "Unable to use AWS KMS key: bad",
                () -> createWith(ReceiptAction.of(new S3Action(null, "mail", null, "bad", null))));
        refused(
                "InvalidSnsTopicException",
                "Invalid SNS topic: bad",
                () -> createWith(ReceiptAction.of(new SNSAction("bad", null))));
        refused(
                "InvalidLambdaFunctionException",
                "Invalid Lambda function: bad",
                () -> createWith(ReceiptAction.of(new LambdaAction(null, "bad", null))));
        refused(
                "InvalidParameterValue",
                "Identity is not verified: bad@example.com",
                () -> createWith(ReceiptAction.of(new BounceAction(null, "550", null, "no", "bad@example.com"))));
        refused(
                "InvalidParameterValue",
                "WorkMail is not available here: WorkmailAction",
                () -> createWith(new ReceiptAction(
                        null, null, new ReceiptAction.WorkmailAction(null, "arn"), null, null, null, null, null)));
        refused(
                "InvalidParameterValue",
                "Exactly one action must be specified in each receipt action",
                () -> createWith(new ReceiptAction(null, null, null, null, null, null, null, null)));
        refused(
                "InvalidParameterValue",
                "Rule r: 'unreadable' cannot be used",
                () -> createWith(ReceiptAction.of(new S3Action(null, "unreadable", null, null, null))));
        assertThat(receipts.rules("s")).isEmpty();
        assertThat(receipts.targets.tried).isEmpty();

        createWith(
                ReceiptAction.of(new S3Action(TOPIC, "mail", null, null, null)),
                ReceiptAction.of(new SNSAction(TOPIC, null)));
        assertThat(receipts.targets.tried).hasSize(3);
        assertThat(receipts.targets.tried.get(0)).isEqualTo("s3 mail");
        assertThat(receipts.targets.tried.get(1))
                .startsWith("sns " + TOPIC + " {\"notificationType\":\"Received\"")
                .contains("\"messageId\":\"AMAZON_SES_SETUP_NOTIFICATION\"")
                .contains("\"type\":\"S3\"");
    }

    private void createWith(ReceiptAction... actions) throws Exception {
        receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("r", actions)));
    }

    @Test
    void aRecipientThatIsNoneIsRefused() throws Exception {
        receipts.create("s");
        ReceiptRule rule = new ReceiptRule("r", true, null, List.of("*@example.com"), null, null);
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("'*@example.com'");
    }

    @Test
    void aSetOfAFileIsShownAndBelongsToItsFile() throws Exception {
        receipts.file("""
                name: production
                active: true
                rules:
                  - name: tickets
                    recipients: [help@example.com]
                    tls: require
                    when: { size: { below: 1MB } }
                    actions:
                      - s3: { bucket: mail, prefix: tickets/, topic: inbound }
                      - webhook: { to: desk, wait: true }
                      - forward: { to: [x@example.com] }
                      - stop: ruleSet
                """);
        receipts.book.publish(receipts.files.getFirst());
        assertThat(((RuleSetOperations.Described) receipts.call("DescribeActiveReceiptRuleSet", new Nothing())).rules())
                .containsExactly(new ReceiptRule(
                        "tickets",
                        true,
                        "Require",
                        List.of("help@example.com"),
                        List.of(
                                ReceiptAction.of(new S3Action(TOPIC, "mail", "tickets/", null, null)),
                                ReceiptAction.of(new LambdaAction(
                                        null,
                                        "arn:aws:lambda:us-east-1:123456789012:function:desk",
                                        "RequestResponse")),
                                ReceiptAction.of(new StopAction("RuleSet", null))),
                        true));
        String owned = "Rule set production is kept in the file rules/main.yaml of the server; change it there";
        refused(
                "InvalidParameterValue",
                owned,
                () -> receipts.call("CreateReceiptRule", new RuleOperations.Create("production", null, rule("x"))));
        refused(
                "InvalidParameterValue",
                owned,
                () -> receipts.call("DeleteReceiptRule", new RuleOperations.Named("production", "tickets")));
        refused(
                "CannotDeleteException",
                "Cannot delete active rule set: production",
                () -> receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("production")));
        receipts.create("mine");
        refused(
                "InvalidParameterValue",
                "The active rule set is production, because the file rules/main.yaml of the server says 'active: true'; change it there",
                () -> activate("mine"));
        activate("production");
        receipts.call("CloneReceiptRuleSet", new RuleSetOperations.Clone("copy", "production"));
        assertThat(receipts.rules("copy")).containsExactly("tickets");
    }

    @Test
    void aSetOfAFileThatIsNotActiveCanBeActivated() throws Exception {
        receipts.file("name: spare\nrules: [ { name: a, actions: [ stop: ruleSet ] } ]\n");
        activate("spare");
        assertThat(inForce().version()).hasToString("spare@1");
        receipts.files.clear();
        receipts.file("name: spare\nrules: [ { name: b, actions: [ stop: ruleSet ] } ]\n");
        receipts.sets.filesChanged();
        assertThat(inForce().ruleSet().rules()).extracting("name").containsExactly("b");
    }

    @Test
    void aStoreThatRefusesChangesNothing() throws Exception {
        receipts.create("s", "a");
        activate("s");
        receipts.settings.broken(true);
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("b"))))
                .isInstanceOf(IOException.class);
        receipts.settings.broken(false);
        assertThat(receipts.rules("s")).containsExactly("a");
        assertThat(inForce().ruleSet().rules()).hasSize(1);
    }

    @Test
    void whatIsDurableAndNotInForceComesIntoForceWithTheNextCall() throws Exception {
        receipts.create("s", "a");
        activate("s");
        receipts.archive.broken = true;
        assertThatThrownBy(() -> receipts.call("CreateReceiptRule", new RuleOperations.Create("s", null, rule("b"))))
                .isInstanceOf(IOException.class);
        assertThat(receipts.rules("s")).containsExactly("b", "a");
        assertThat(inForce().ruleSet().rules()).hasSize(1);
        receipts.archive.broken = false;
        receipts.call("DeleteReceiptRuleSet", new RuleSetOperations.Named("none"));
        assertThat(inForce().ruleSet().rules()).hasSize(2);
    }

    @Test
    void aListHasPages() throws Exception {
        String rules = "rules: [ { name: a, actions: [ stop: ruleSet ] } ]\n";
        for (int i = 0; i < 150; i++) {
            receipts.file("name: f%03d%n".formatted(i) + rules);
        }
        var first =
                (RuleSetOperations.Listed) receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(null));
        assertThat(first.ruleSets()).hasSize(100);
        var second = (RuleSetOperations.Listed)
                receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets(first.nextToken()));
        assertThat(second.ruleSets()).hasSize(50);
        assertThat(second.nextToken()).isNull();
        refused(
                "InvalidParameterValue",
                "Not a valid nextToken: !",
                () -> receipts.call("ListReceiptRuleSets", new RuleSetOperations.ListSets("!")));
    }
}
