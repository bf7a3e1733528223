package io.waypost.actions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikaTypesTest {

    private static final TikaTypes TYPES = new TikaTypes();

    @ParameterizedTest
    @CsvSource({
        "255044462d312e37, a.pdf, application/pdf",
        "255044462d312e37, , application/pdf",
        "255044462d312e37, invoice.txt, application/pdf",
        "89504e470d0a1a0a, A.PNG, image/png",
        "ffd8ffe0, photo.jpeg, image/jpeg",
        "ffd8ffe1, photo.jpg, image/jpeg",
        "474946383961, a.gif, image/gif",
        "4d5a90000300000004000000, invoice.pdf, application/x-msdownload",
        "504b03041400, a.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "68656c6c6f, a.txt, text/plain",
        "68656c6c6f, , text/plain",
        "'', , application/octet-stream"
    })
    void theBytesDecideAndTheNameHelps(String hex, String name, String type) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        byte[] first = Arrays.copyOf(bytes, 100);
        assertThat(TYPES.detect(first, bytes.length, name)).isEqualTo(type);
        assertThat(TYPES.byTika(first, bytes.length, name)).isEqualTo(type);
    }
}
