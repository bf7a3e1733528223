package io.waypost.api.aws.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is refused where it is broken, instead of mended. */
public final class Utf8 {

    private static final int CHUNK = 4096;

    private Utf8() {}

    /** @throws RefusedException when the octets are no UTF-8 */
    public static String decode(byte[] octets, int from, int length) throws RefusedException {
        try {
            return decoder().decode(ByteBuffer.wrap(octets, from, length)).toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    /**
     * Whether the octets are UTF-8, without a text of their length.
     *
     * @throws RefusedException when they are not
     */
    public static void check(byte[] octets) throws RefusedException {
        CharsetDecoder decoder = decoder();
        ByteBuffer in = ByteBuffer.wrap(octets);
        CharBuffer out = CharBuffer.allocate(Math.min(CHUNK, octets.length + 1));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
            if (result.isError()) {
                throw broken();
            }
        } while (result.isOverflow());
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static RefusedException broken() {
        return new RefusedException(Fault.MALFORMED, "The request is not valid UTF-8");
    }
}
