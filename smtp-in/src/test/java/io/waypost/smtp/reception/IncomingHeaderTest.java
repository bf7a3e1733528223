package io.waypost.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.smtp.Limits;
import io.waypost.smtp.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingHeaderTest {

    private static IncomingHeader header() {
        return new IncomingHeader(Limits.DEFAULT, new HeaderMemory(1024 * 1024));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0, 0, false",
        "'\r\nbody', 0, 0, 0, false",
        "'A: b\r\n\r\nReceived: x\r\n', 6, 1, 0, false",
        "'Received: x\r\n y\r\nreceived:z\r\n\r\n', 29, 3, 2, false",
        "'Received  : x\r\nReceived-SPF: y\r\nX-Received: z\r\n\r\n', 47, 3, 1, false",
        "'no field at all\r\nReceived: x\r\n', 0, 0, 0, false",
        "'A: b\r\nno field\r\nReceived: x\r\n', 6, 1, 0, false",
        "' folded: x\r\nA: b\r\n\r\n', 18, 2, 0, true",
        "'\tfolded\r\n', 9, 1, 0, true",
    })
    void headersAreMeasured(String content, int size, int lines, int received, boolean startsFolded) {
        byte[] octets = ascii(content);
        FieldLines measured = new FieldLines();
        measured.take(octets, 0, octets.length);
        assertThat(List.of(measured.size(), measured.count(), measured.received(), measured.startsFolded()))
                .isEqualTo(List.of(size, lines, received, startsFolded));
    }

    @ParameterizedTest
    @CsvSource({
        "'A: b\r\nC: d\r\n\r\nbody\r\n', 'A: b\r\nC: d\r\n', '\r\n', 'body\r\n'",
        "'A: b\r\nno field\r\nbody\r\n', 'A: b\r\n', 'no field\r\n', 'body\r\n'",
        "'\r\nbody\r\n', '', '\r\n', 'body\r\n'",
        "'no field\r\n', '', 'no field\r\n', ''",
        "'A: b\r\nC: d\r\n', 'A: b\r\nC: d\r\n', '', ''",
        "'A: b\r\nC: d', 'A: b\r\nC: d', '', ''",
        "'', '', '', ''",
    })
    void isTheSameHoweverTheOctetsAreCut(String content, String fields, String end, String rest) throws Exception {
        byte[] octets = ascii(content);
        for (int piece = 1; piece <= Math.max(1, octets.length); piece++) {
            try (IncomingHeader header = header()) {
                StringBuilder body = new StringBuilder();
                for (int at = 0; at < octets.length; at += piece) {
                    int length = Math.min(piece, octets.length - at);
                    int used = header.ended() ? 0 : header.take(octets, at, length);
                    body.append(new String(octets, at + used, length - used, StandardCharsets.US_ASCII));
                }
                assertThat(new String(header.fields(), StandardCharsets.US_ASCII))
                        .isEqualTo(fields);
                assertThat(new String(header.end(), StandardCharsets.US_ASCII)).isEqualTo(end);
                assertThat(body.toString()).isEqualTo(rest);
            }
        }
    }

    @Test
    void aHeaderWithoutEndIsNotGatheredToItsEnd() {
        byte[] line = ascii("A: " + "b".repeat(200) + "\r\n");
        try (IncomingHeader header = header()) {
            assertThatThrownBy(() -> {
                        while (true) {
                            header.take(line, 0, line.length);
                        }
                    })
                    .isInstanceOf(Refusal.class)
                    .hasMessage("header-too-large");
        }
    }

    @Test
    void largeHeadersShareABound() throws Exception {
        HeaderMemory memory = new HeaderMemory(100_000);
        byte[] large = ascii(("A: " + "b".repeat(995) + "\r\n").repeat(60));
        List<IncomingHeader> headers = new ArrayList<>();
        String refused = "";
        for (int i = 0; i < 10 && refused.isEmpty(); i++) {
            IncomingHeader header = new IncomingHeader(Limits.DEFAULT, memory);
            headers.add(header);
            try {
                header.take(large, 0, large.length);
            } catch (Refusal refusal) {
                refused = refusal.reply().toString();
            }
        }
        assertThat(refused).startsWith("451 4.3.0 Too busy");
        assertThat(headers.size()).isBetween(2, 4);
        try (IncomingHeader small = new IncomingHeader(Limits.DEFAULT, memory)) {
            small.take(large, 0, 10_000);
        }
        headers.forEach(IncomingHeader::close);
        try (IncomingHeader again = new IncomingHeader(Limits.DEFAULT, memory)) {
            assertThat(again.take(large, 0, large.length)).isEqualTo(large.length);
        }
        assertThat(memory.take(100_000)).isTrue();
    }
}
