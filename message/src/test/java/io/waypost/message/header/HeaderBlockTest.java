package io.waypost.message.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeaderBlockTest {

    private static HeaderBlock block(String text) throws IOException {
        return HeaderBlock.of(MessageContent.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void fieldsAreUnfoldedAndInOrder() throws IOException {
        HeaderBlock block =
                block("Received: a\r\n\tby b\r\nno field\r\n: nameless\r\nrecEived : c\r\n\r\nReceived: body\r\n");

        assertThat(block.fields())
                .extracting(HeaderBlock.Field::name, HeaderBlock.Field::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Received", "a\tby b"),
                        org.assertj.core.groups.Tuple.tuple("recEived", "c"));
        assertThat(block.hops()).isEqualTo(2);
    }

    @Test
    void aFieldKnowsItsBytes() throws IOException {
        HeaderBlock block = block("A: 1\r\nB: 2\r\n 3\r\nC: 4\r\n\r\n");
        HeaderBlock.Field b = block.fields("b").getFirst();

        assertThat(new String(block.bytes(), b.start(), b.end() - b.start(), StandardCharsets.US_ASCII))
                .isEqualTo("B: 2\r\n 3\r\n");
        assertThat(block.bytes(b)).isEqualTo("B: 2\r\n 3\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aHeaderInMemoryIsReadLikeAContent() throws IOException {
        for (String text :
                List.of("A: 1\r\nB: 2\r\n\r\nbody: no\r\n", "A: 1\r\nB: 2\r\n", "A: 1\r\nB: 2", "\r\n", "")) {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            HeaderBlock memory = HeaderBlock.of(octets);

            assertThat(memory.bytes()).isEqualTo(block(text).bytes());
            assertThat(memory.fields()).isEqualTo(block(text).fields());
        }
    }

    @Test
    void aHeaderOverTheLimitEndsBehindAWholeLine() throws IOException {
        HeaderBlock block =
                HeaderBlock.of(MessageContent.of("A: 1\r\nB: 2\r\n".getBytes(StandardCharsets.US_ASCII)), 9);

        assertThat(block.bytes()).isEqualTo("A: 1\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void eightBitAndUtf8AreTold() throws IOException {
        assertThat(block("A: x\r\n\r\n\u00e9").isEightBit()).isFalse();
        assertThat(block("A: \u00e9\r\n").isEightBit()).isTrue();
        assertThat(block("A: \u00e9\r\n").isUtf8()).isFalse();
        assertThat(block("A: \u00c3\u00a9\r\n").isUtf8()).isTrue();
    }

    @Property
    void nothingMakesItFail(@ForAll byte[] bytes) throws IOException {
        HeaderBlock block = HeaderBlock.of(MessageContent.of(bytes));

        assertThat(java.util.Arrays.copyOf(bytes, block.bytes().length)).isEqualTo(block.bytes());
        assertThat(block.fields()).allSatisfy(field -> assertThat(field.end()).isGreaterThan(field.start()));
    }
}
