package io.waypost.api.aws.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.model.Model;
import io.waypost.api.aws.model.OperationShape;
import io.waypost.api.aws.model.Struct;
import io.waypost.api.aws.protocol.RefusedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body of 40 MB may be a mail in base64 (contract 4.8); of nothing else is so much memory reserved. */
class LargeJsonTest {

    private static final OperationShape SEND = Model.of(Api.SESV2).operations().stream()
            .filter(operation -> operation.name().equals("SendEmail"))
            .findFirst()
            .orElseThrow();

    private static void read(String begin, String filling, int octets, String end) throws RefusedException {
        String body = begin + filling.repeat(octets / filling.length()) + end;
        JsonReader.read(body.getBytes(StandardCharsets.US_ASCII), SEND.input(), new Struct.Builder(SEND.input()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a mail | {"Content":{"Raw":{"Data":" | AAAA | "}}}
            a mail before other things | {"Content":{"Raw":{"Data":" | AAAA | "}},"FromEmailAddress":"a@example.com"}
            """)
    void itMayBeABlob(String name, String begin, String filling, String end) {
        assertThatCode(() -> read(begin, filling, JsonReader.MOST_BESIDE_BLOBS + 1000, end))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            one text | {"Content":{"Simple":{"Body":{"Text":{"Data":" | AAAA | "}}}}}
            many texts | {"ReplyToAddresses":[" | a","b | "]}
            many structures | {"EmailTags":[ | {},{}, | {}]}
            what is not known, before what is | {"Unknown":" | AAAA | ","FromEmailAddress":"a@example.com"}
            """)
    void itMayBeNothingElse(String name, String begin, String filling, String end) {
        assertThatThrownBy(() -> read(begin, filling, JsonReader.MOST_BESIDE_BLOBS + 1000, end))
                .isInstanceOf(RefusedException.class);
    }
}
