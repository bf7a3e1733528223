package io.waypost.smtp.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.waypost.smtp.testing.Transcript;
import io.waypost.smtp.wire.BufferPool;
import io.waypost.smtp.wire.EndedException;
import io.waypost.smtp.wire.Input;
import io.waypost.smtp.wire.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4 = "c0000201" + "c0000202" + "1234" + "0019";
    private static final String V6 =
            "20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "1234" + "0019";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 192.0.2.2 4660 25, 192.0.2.1:4660",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255:65535",
        "PROXY TCP6 2001:db8::1 2001:db8::2 4660 25, 2001:db8:0:0:0:0:0:1:4660",
        "PROXY TCP6 ffff:f...f:ffff 2001:db8::2 4660 25, broken",
        "PROXY UNKNOWN, local",
        "PROXY UNKNOWN ffff::1 ffff::2 65535 65535, local",
        "PROXY UNKNOWN whatever it says, local",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4660, broken",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4660 25 26, broken",
        "PROXY TCP4  192.0.2.1 192.0.2.2 4660 25, broken",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4660 65536, broken",
        "PROXY TCP4 192.0.2.1 192.0.2.2 -1 25, broken",
        "PROXY TCP4 192.0.2.1 192.0.2.2 04660 25, broken",
        "PROXY TCP4 192.0.2.01 192.0.2.2 4660 25, broken",
        "PROXY TCP4 192.0.2 192.0.2.2 4660 25, broken",
        "PROXY TCP4 192.0.2.256 192.0.2.2 4660 25, broken",
        "PROXY TCP4 2001:db8::1 2001:db8::2 4660 25, broken",
        "PROXY TCP6 192.0.2.1 192.0.2.2 4660 25, broken",
        "PROXY TCP6 2001:db8::1%eth0 2001:db8::2 4660 25, broken",
        "PROXY TCP4 localhost 192.0.2.2 4660 25, broken",
        "PROXY UDP4 192.0.2.1 192.0.2.2 4660 25, broken",
        "PROXY TCP5 192.0.2.1 192.0.2.2 4660 25, broken",
        "proxy TCP4 192.0.2.1 192.0.2.2 4660 25, broken",
        "PROXYTCP4 192.0.2.1 192.0.2.2 4660 25, broken",
        "PROXY, broken",
        "POST / HTTP/1.1, broken",
        "EHLO client.example, broken",
    })
    void version1(String line, String expected) throws Exception {
        assertThat(read((line + "\r\n").getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 192.0.2.2 4660 25\\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 4660 25\\r\\r\\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 4660 25\\0\\r\\n",
                "P\\n",
                "P\\r\\n",
                "\\r\\n\\r\\n",
                "\\x16\\x03\\x01",
                "\\0",
            })
    void garbageIsBroken(String octets) throws Exception {
        assertThat(read(Transcript.unescape(octets))).isIn("broken", "ended");
    }

    @Test
    void aLineOfMoreThan107OctetsIsBroken() throws Exception {
        String line = "PROXY UNKNOWN " + "x".repeat(107 - 16) + "\r\n";
        assertThat(line).hasSize(107);
        assertThat(read(line.getBytes(StandardCharsets.US_ASCII))).isEqualTo("local");
        assertThat(read(("PROXY UNKNOWN x" + "x".repeat(107 - 16) + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("broken");
    }

    @ParameterizedTest
    @CsvSource({
        "2111000c" + V4 + ", 192.0.2.1:4660",
        "21210024" + V6 + ", 2001:db8:0:0:0:0:0:1:4660",
        "20000000, local",
        "2011000c" + V4 + ", local",
        "20000003010203, local",
        // A field of an unknown type is passed over.
        "21110011" + V4 + "ee00020102, 192.0.2.1:4660",
        "2111000f" + V4 + "040000, 192.0.2.1:4660",
        // Version, command, family.
        "1111000c" + V4 + ", broken",
        "2211000c" + V4 + ", broken",
        "2f11000c" + V4 + ", broken",
        "2112000c" + V4 + ", broken",
        "21310000, broken",
        "2100000c" + V4 + ", broken",
        // Lengths.
        "2111000b" + V4 + ", broken",
        "21210023" + V6 + ", broken",
        "2111000d" + V4 + "ee, broken",
        "2111000f" + V4 + "ee0001, broken",
        "2111ffff" + V4 + ", broken",
        "2111000d" + V4 + ", ended",
        "2111, ended",
        // A checksum of the wrong value or length.
        "21110013" + V4 + "03000400000000, broken",
        "21110011" + V4 + "0300020000, broken",
    })
    void version2(String hex, String expected) throws Exception {
        assertThat(read(HexFormat.of().parseHex(SIGNATURE + hex))).isEqualTo(expected);
    }

    @Test
    void aRightChecksumIsRight() throws Exception {
        byte[] header = HexFormat.of().parseHex(SIGNATURE + "21110013" + V4 + "03000400000000");
        CRC32C checksum = new CRC32C();
        checksum.update(header);
        for (int i = 0; i < 4; i++) {
            header[header.length - 1 - i] = (byte) (checksum.getValue() >>> (8 * i));
        }
        assertThat(read(header)).isEqualTo("192.0.2.1:4660");
        header[17] ^= 1;
        assertThat(read(header)).isEqualTo("broken");
    }

    @Test
    void whatFollowsTheHeaderStaysInTheInput() throws Exception {
        for (String header : new String[] {
            HexFormat.of().formatHex("PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\n".getBytes(StandardCharsets.US_ASCII)),
            SIGNATURE + "2111000c" + V4
        }) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            octets.writeBytes(HexFormat.of().parseHex(header));
            octets.writeBytes("EHLO x\r\n".getBytes(StandardCharsets.US_ASCII));
            Input input = input(octets.toByteArray());
            ProxyHeader.read(input);
            assertThat(new String(input.takeBuffered(), StandardCharsets.US_ASCII))
                    .isEqualTo("EHLO x\r\n");
        }
    }

    @Test
    void theMessageSaysWhatIsWrong() {
        assertThatThrownBy(() -> ProxyHeader.read(input("EHLO x\r\n".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(ProxyException.class)
                .hasMessage("no PROXY header");
    }

    @Property(tries = 2000)
    void noiseIsRefusedInAnOrderlyWay(@ForAll byte[] noise, @ForAll boolean signed) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        if (signed) {
            octets.writeBytes(HexFormat.of().parseHex(SIGNATURE));
        }
        octets.writeBytes(noise);
        Throwable thrown = catchThrowable(() -> ProxyHeader.read(input(octets.toByteArray())));
        assertThat(thrown == null || thrown instanceof ProxyException || thrown instanceof EndedException)
                .as("%s", thrown)
                .isTrue();
    }

    private static String read(byte[] octets) throws Exception {
        try {
            return ProxyHeader.read(input(octets))
                    .client()
                    .map(client -> client.getAddress().getHostAddress() + ":" + client.getPort())
                    .orElse("local");
        } catch (ProxyException e) {
            return "broken";
        } catch (EndedException e) {
            return "ended";
        }
    }

    private static Input input(byte[] octets) {
        ByteArrayInputStream in = new ByteArrayInputStream(octets);
        return new Input(in::read, new Output((bytes, offset, length) -> {}), new BufferPool());
    }
}
