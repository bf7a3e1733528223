package io.waypost.api.aws.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.model.Member;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.Shape.Structure;
import io.waypost.api.aws.model.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingTest {

    record Connect(String instanceArn, String iamRoleArn) {}

    record Action(@Nullable Connect connectAction) {}

    record Rule(
            @Nullable List<Action> actions,
            String name,
            @Nullable Boolean enabled) {}

    record Create(String ruleSetName, Rule rule) {}

    record Unknown(String nothing) {}

    record NotNullable(String after) {}

    record Primitive(Inner rule) {
        record Inner(boolean enabled) {}
    }

    record WrongType(Integer ruleSetName) {}

    record WrongList(WrongListRule rule) {
        record WrongListRule(@Nullable List<Integer> recipients) {}
    }

    record NotARecord(String rule) {}

    record Topic(@Nullable Map<String, String> attributes) {}

    record WrongMap(@Nullable Map<Integer, String> attributes) {}

    record Contacts(@Nullable Long pageSize) {}

    record Metadata(Instant createdTimestamp) {}

    record Sets(List<Metadata> ruleSets) {}

    private static Structure input(Api api, String operation) {
        return Model.of(api).operation(operation).orElseThrow().input();
    }

    private static Struct struct(Structure shape, Map<String, Object> values) {
        Struct.Builder struct = new Struct.Builder(shape);
        values.forEach((name, value) -> struct.put(member(shape, name), value));
        return struct.build();
    }

    private static Member member(Structure shape, String name) {
        Member member = shape.members().named(name);
        assertThat(member).isNotNull();
        return member;
    }

    @Test
    void aRecordIsMadeOfNestedValuesAndBack() {
        Structure shape = input(Api.SES, "CreateReceiptRule");
        Binding binding = Binding.of(Create.class, shape, Side.INPUT);
        Create record =
                new Create("s", new Rule(List.of(new Action(new Connect("i", "r")), new Action(null)), "n", null));
        Struct struct = binding.toStruct(record);
        assertThat(struct.get(member(shape, "RuleSetName"))).isEqualTo("s");
        assertThat(struct.get(member(shape, "After"))).isNull();
        assertThat(binding.toRecord(struct)).isEqualTo(record);
    }

    @Test
    void aRecordMayCountWider() {
        Structure shape = input(Api.SESV2, "ListContacts");
        Binding binding = Binding.of(Contacts.class, shape, Side.INPUT);
        assertThat(binding.toRecord(struct(shape, Map.of("PageSize", 5)))).isEqualTo(new Contacts(5L));
        assertThat(binding.toStruct(new Contacts(6L)).get(member(shape, "PageSize")))
                .isEqualTo(6);
    }

    @Test
    void mapsKeepTheirOrder() {
        Structure shape = input(Api.SNS, "CreateTopic");
        Binding binding = Binding.of(Topic.class, shape, Side.INPUT);
        Topic topic = new Topic(Map.of("a", "b"));
        assertThat(binding.toRecord(binding.toStruct(topic))).isEqualTo(topic);
    }

    @Test
    void inAnAnswerNothingNeedsToBeNullable() {
        Structure shape = Model.of(Api.SES)
                .operation("ListReceiptRuleSets")
                .orElseThrow()
                .output()
                .orElseThrow();
        Struct struct =
                Binding.of(Sets.class, shape, Side.OUTPUT).toStruct(new Sets(List.of(new Metadata(Instant.EPOCH))));
        assertThat(struct.get(member(shape, "RuleSets")))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        Unknown.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "Unknown.nothing is no member of CreateReceiptRuleRequest"),
                Arguments.of(
                        NotNullable.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "NotNullable.after may be absent and is not @Nullable"),
                Arguments.of(
                        Primitive.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "Inner.enabled may be absent and is not @Nullable"),
                Arguments.of(
                        WrongType.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "WrongType.ruleSetName has not the type of ReceiptRuleSetName"),
                Arguments.of(
                        WrongList.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "WrongListRule.recipients has not the type of RecipientsList"),
                Arguments.of(
                        NotARecord.class,
                        Api.SES,
                        "CreateReceiptRule",
                        "NotARecord.rule has not the type of ReceiptRule"),
                Arguments.of(
                        WrongMap.class,
                        Api.SNS,
                        "CreateTopic",
                        "WrongMap.attributes has not the type of TopicAttributesMap"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatDoesNotFitIsRefusedAtOnce(Class<? extends Record> type, Api api, String operation, String words) {
        Structure shape = input(api, operation);
        assertThatThrownBy(() -> Binding.of(type, shape, Side.INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(words);
    }
}
