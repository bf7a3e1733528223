package io.waypost.api.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.json.JsonProtocol;
import io.waypost.api.aws.json.JsonReader;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.Protocol;
import io.waypost.api.aws.query.QueryProtocol;
import io.waypost.api.aws.rest.RestProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every operation of every API: what a client writes is read, and what is answered can be read. */
class RoundTripTest {

    private static final int TRIES = 60;

    private final QueryProtocol ses = new QueryProtocol(Api.SES, "ses");
    private final QueryProtocol sns = new QueryProtocol(Api.SNS, "sns");
    private final RestProtocol rest = new RestProtocol();
    private final JsonProtocol mailManager = new JsonProtocol();

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void formsAreRead(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        for (QueryProtocol protocol : List.of(ses, sns)) {
            for (OperationShape operation : Model.of(protocol.api()).operations()) {
                Struct input = new Values(random).struct(operation.input());
                reads(protocol, operation, input, Client.form(operation, protocol.version(), input));
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void pathsQueriesAndBodiesAreRead(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        for (OperationShape operation : Model.of(Api.SESV2).operations()) {
            Struct input = emptyListsAbsent(operation, new Values(random).struct(operation.input()));
            reads(rest, operation, input, Client.rest(operation, false, input));
            if (operation.older().isPresent()) {
                reads(rest, operation, input, Client.rest(operation, true, input));
            }
        }
    }

    // A list without members in a query leaves nothing there.
    private static Struct emptyListsAbsent(OperationShape operation, Struct input) {
        Struct.Builder kept = new Struct.Builder(operation.input());
        operation.input().members().forEach(member -> {
            Object value = input.get(member);
            boolean gone = member.place() == io.waypost.api.aws.model.Member.Place.QUERY
                    && value instanceof List<?> list
                    && list.isEmpty();
            kept.put(member, gone ? null : value);
        });
        return kept.build();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void targetsAndBodiesAreRead(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        for (OperationShape operation : Model.of(Api.MAILMANAGER).operations()) {
            Struct input = new Values(random).struct(operation.input());
            reads(mailManager, operation, input, Client.json(operation, input));
        }
    }

    private static void reads(Protocol protocol, OperationShape operation, Struct input, WireRequest request)
            throws Exception {
        Protocol.Question question = protocol.question(request);
        assertThat(question.operation()).isEqualTo(operation.name());
        assertThat(Values.shown(question.input(operation))).isEqualTo(Values.shown(input));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void xmlAnswersCanBeRead(@ForAll long seed) {
        Random random = new Random(seed);
        for (QueryProtocol protocol : List.of(ses, sns)) {
            for (OperationShape operation : Model.of(protocol.api()).operations()) {
                if (operation.output().isEmpty()) {
                    continue;
                }
                Struct output = new Values(random).struct(operation.output().get());
                WireResponse answer = protocol.answer(operation, output, "id");
                var root = XmlReader.document(answer.body());
                assertThat(root.getTagName()).isEqualTo(operation.name() + "Response");
                Struct read = XmlReader.struct(output.shape(), XmlReader.child(root, operation.name() + "Result"));
                assertThat(Values.shown(read)).isEqualTo(Values.shown(output));
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void jsonAnswersCanBeRead(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<Protocol> protocols = new ArrayList<>(List.of(rest, mailManager));
        for (Protocol protocol : protocols) {
            for (OperationShape operation : Model.of(protocol.api()).operations()) {
                Struct output = new Values(random).struct(operation.output().orElseThrow());
                WireResponse answer = protocol.answer(operation, output, "id");
                Struct.Builder read = new Struct.Builder(output.shape());
                JsonReader.read(answer.body(), output.shape(), read);
                assertThat(Values.shown(read.build())).isEqualTo(Values.shown(output));
            }
        }
    }

    /** What botocore writes for {@code {"a": {}}}. */
    @Example
    void anEmptyStructureInAMapIsWrittenAsItsKeyAlone() throws Exception {
        OperationShape publish = Model.of(Api.SNS).operation("Publish").orElseThrow();
        Struct input = sns.question(
                        Client.form("Action=Publish&Version=2010-03-31&Message=m&MessageAttributes.entry.1.Name=a"))
                .input(publish);
        assertThat(Values.shown(input))
                .isEqualTo("PublishInput{Message=String(m);MessageAttributes={String(a)=MessageAttributeValue{};};}");
    }
}
