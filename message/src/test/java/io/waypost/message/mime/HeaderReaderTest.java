package io.waypost.message.mime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {

    private static final int LIMIT = 256 * 1024;

    @Test
    void fieldsComeInOrderWithTheirFoldsAndWithout() throws IOException {
        HeaderReader.Header header = read("A: 1\r\nSubject: one\r\n\ttwo\r\n  three\r\na: 2\r\n\r\nB: body\r\n");

        assertThat(header.complete()).isTrue();
        assertThat(header.fields()).extracting(HeaderReader.Field::name).containsExactly("A", "Subject", "a");
        assertThat(header.fields().get(1).value()).isEqualTo(" one\r\n\ttwo\r\n  three");
        assertThat(header.fields().get(1).unfolded()).isEqualTo(" one\ttwo  three");
        assertThat(header.decoded("SUBJECT")).containsExactly("one\ttwo  three");
        assertThat(header.decoded("A")).containsExactly("1", "2");
        assertThat(header.decoded("B")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "=?UTF-8?B?SMOpbGxv?=, Héllo",
        "=?utf-8?q?H=C3=A9llo?=, Héllo",
        "=?ISO-8859-1?Q?H=E9llo_w=F6rld?=, Héllo wörld",
        "=?UTF-8?Q?a?= =?UTF-8?Q?b?=, ab",
        "plain =?UTF-8?Q?x?= plain, plain x plain",
        "=?x-unknown?Q?a?=, =?x-unknown?Q?a?=",
        "=?UTF-8?X?a?=, =?UTF-8?X?a?=",
        "=?UTF-8?B?!!!?=, ''",
        "=?, =?",
    })
    void encodedWordsAreDecodedWhereTheyCanBe(String raw, String decoded) throws IOException {
        assertThat(read("Subject: " + raw + "\r\n\r\n").decoded("Subject")).containsExactly(decoded);
    }

    @Test
    void rawEightBitTextIsUtf8OrElseLatin1() throws IOException {
        assertThat(read("Subject: Grüße\r\n\r\n").decoded("Subject")).containsExactly("Grüße");
        assertThat(HeaderReader.read(
                                MessageContent.of("Subject: Grüße\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)),
                                LIMIT)
                        .decoded("Subject"))
                .containsExactly("Grüße");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon here\r\n folded\r\nA: 1\r\n\r\n",
                "From sender Mon Nov 23\r\nA: 1\r\n\r\n",
                ": no name\r\nA: 1\r\n\r\n",
                "two words: x\r\nA: 1\r\n\r\n",
                " begins folded: x\r\nA: 1\r\n\r\n",
                "A: 1",
                "A: 1\r\n",
                "A : 1\r\n\r\n",
                "A: 1\n\nB: body",
                "A: 1\r\n\r\n\r\nB: 2\r\n"
            })
    void malformedLinesArePassedOver(String text) throws IOException {
        HeaderReader.Header header = read(text);
        assertThat(header.complete()).isTrue();
        assertThat(header.fields()).extracting(HeaderReader.Field::name).containsExactly("A");
        assertThat(header.decoded("A")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\nA: body\r\n", "\n", "\r", ":", "x"})
    void aMessageMayHaveNoHeader(String text) throws IOException {
        assertThat(read(text).fields()).isEmpty();
    }

    @Test
    void nothingBehindTheHeaderIsReadFurtherThanOneChunk() throws IOException {
        List<Integer> reads = new ArrayList<>();
        InputStream endless = new InputStream() {
            private final byte[] head = "A: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            private long at;

            @Override
            public int read() {
                return at < head.length ? head[(int) at++] : 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                reads.add(length);
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
        HeaderReader.Header header = HeaderReader.read(of(endless), LIMIT);
        assertThat(header.decoded("A")).containsExactly("1");
        assertThat(reads).hasSize(1);
    }

    @Test
    void aHeaderEndsAtTheLimitAndTheFieldThatCrossesItIsLeftOut() throws IOException {
        String text = "A: 1\r\nB: " + "x".repeat(1000) + "\r\nC: 3\r\n\r\n";
        HeaderReader.Header header =
                HeaderReader.read(MessageContent.of(text.getBytes(StandardCharsets.US_ASCII)), 100);
        assertThat(header.complete()).isFalse();
        assertThat(header.fields()).extracting(HeaderReader.Field::name).containsExactly("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?UTF-8?Q?x?= ", "=?", "=?UTF-8?B?", "?=", "=?a?b?", " \r\n ", "=?UTF-8?Q?=ZZ?=", "("})
    @Timeout(20)
    void aHostileValueOfTheWholeLimitTakesNoTime(String piece) throws IOException {
        String text = "Subject: " + piece.repeat(250_000 / piece.length()) + "\r\n\r\n";
        assertThat(read(text).decoded("Subject")).hasSize(1);
    }

    @Test
    @Timeout(20)
    void aHeaderOfNothingButFieldsTakesNoTime() throws IOException {
        assertThat(read("a:\r\n".repeat(60_000) + "\r\n").decoded("A")).hasSize(60_000);
    }

    private static HeaderReader.Header read(String text) throws IOException {
        return HeaderReader.read(MessageContent.of(text.getBytes(StandardCharsets.UTF_8)), LIMIT);
    }

    private static MessageContent of(InputStream in) {
        return new MessageContent() {
            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public InputStream open() {
                return in;
            }
        };
    }
}
