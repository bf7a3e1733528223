package io.waypost.api.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.Front;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes, a well-formed answer goes. */
class FrontFuzzTest {

    private static final List<String> PATHS = List.of(
            "/", "", "//", "/v2/email/", "/v2/email/identities/", "/v2/email/outbound-emails", "/v1/email/%", "\u0000");
    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded",
            "application/json",
            "application/x-amz-json-1.0",
            "",
            ";",
            "x;charset=\u0000");

    private final Front front = Doors.front(Doors.EVERYBODY);
    private final ObjectMapper json = new ObjectMapper();

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void noise(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, List<String>> headers = new HashMap<>();
        if (random.nextBoolean()) {
            headers.put("content-type", List.of(TYPES.get(random.nextInt(TYPES.size()))));
        }
        if (random.nextInt(4) == 0) {
            headers.put("x-amz-target", List.of("MailManagerSvc.GetArchive"));
        }
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        isAnswered(
                new WireRequest(
                        List.of("GET", "POST", "PUT", "DELETE", "x").get(random.nextInt(5)),
                        PATHS.get(random.nextInt(PATHS.size())) + text(random),
                        text(random),
                        headers,
                        body),
                false);
    }

    /** Requests that were right until some octets of them changed. */
    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void nearlyRight(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Api api = Api.values()[random.nextInt(Api.values().length)];
        List<OperationShape> operations = Doors.operations().names().stream()
                .filter(name -> name.api() == api)
                .map(name -> Model.of(api).operation(name.operation()).orElseThrow())
                .toList();
        OperationShape operation = operations.get(random.nextInt(operations.size()));
        var input = new Values(random).struct(operation.input());
        WireRequest right =
                switch (api) {
                    case SES, SNS -> Client.form(operation, Model.of(api).version(), input);
                    case SESV2 -> Client.rest(operation, false, input);
                    case MAILMANAGER -> Client.json(operation, input);
                };
        byte[] body = right.body().clone();
        for (int i = random.nextInt(4); i > 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        isAnswered(new WireRequest(right.method(), right.path(), right.query(), right.headers(), body), true);
    }

    private static String text(Random random) {
        byte[] octets = new byte[random.nextInt(10)];
        random.nextBytes(octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private void isAnswered(WireRequest request, boolean mayWork) throws Exception {
        WireResponse response = front.answer(request);
        assertThat(response.status()).isIn(mayWork ? List.of(200, 400, 403, 404, 500) : List.of(400, 403, 404));
        assertThat(response.headers()).containsEntry("x-amzn-RequestId", Doors.REQUEST_ID);
        if ("text/xml".equals(response.headers().get("Content-Type"))) {
            XmlReader.document(response.body());
        } else {
            assertThat(json.readTree(response.body()).isObject()).isTrue();
        }
    }
}
