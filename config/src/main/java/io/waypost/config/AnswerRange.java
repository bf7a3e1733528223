package io.waypost.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Answers of a block list, which lie within 127.0.0.0/8 (RFC 5782 2.1).
 *
 * @param first the lowest
 * @param last the highest
 */
public record AnswerRange(Inet4Address first, Inet4Address last) {

    /** Every answer but 127.255.255.0/24, by which lists say that they refused the question. */
    static final AnswerRange ALL = of("127.0.0.0-127.255.254.255");

    private static final int ERRORS = 0x7fff_ff00;

    /**
     * Reads {@code 127.0.0.2}, {@code 127.0.0.4/30} or {@code 127.0.0.10-127.0.0.11}.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static AnswerRange of(String text) {
        int dash = text.indexOf('-');
        AnswerRange range = dash < 0
                ? of(text, CidrBlock.of(text))
                : new AnswerRange(address(text, text.substring(0, dash)), address(text, text.substring(dash + 1)));
        if (number(range.first) >>> 24 != 127 || number(range.last) >>> 24 != 127) {
            throw wrong(text);
        }
        if (number(range.first) > number(range.last)) {
            throw new IllegalArgumentException("'" + text + "' ends before it begins");
        }
        if (number(range.first) >= ERRORS) {
            throw new IllegalArgumentException("'" + text
                    + "' never means \"listed\": with 127.255.255.0/24 lists say that they refused the question");
        }
        return range;
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.getHostAddress() : first.getHostAddress() + "-" + last.getHostAddress();
    }

    private static AnswerRange of(String text, CidrBlock block) {
        Inet4Address first = address(text, block.network().getHostAddress());
        int last = block.prefix() == 32 ? number(first) : number(first) | -1 >>> block.prefix();
        String literal = "%d.%d.%d.%d".formatted(last >>> 24, last >>> 16 & 255, last >>> 8 & 255, last & 255);
        return new AnswerRange(first, address(text, literal));
    }

    private static Inet4Address address(String text, String literal) {
        InetAddress address = HostPort.literal(literal).orElseThrow(() -> wrong(text));
        if (address instanceof Inet4Address four) {
            return four;
        }
        throw wrong(text);
    }

    private static int number(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no answer of a block list; write 127.0.0.2, 127.0.0.4/30 or 127.0.0.10-127.0.0.11");
    }
}
