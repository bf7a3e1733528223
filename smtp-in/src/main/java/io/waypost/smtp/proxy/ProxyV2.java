package io.waypost.smtp.proxy;

import io.waypost.smtp.wire.Input;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Version 2: a binary header with addresses and type-length-value fields, of which only the checksum is looked at. */
final class ProxyV2 {

    static final int SIGNATURE_LENGTH = 12;

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    /** Octets of addresses and fields together; real proxies send less than 1 KB. */
    private static final int LONGEST = 4096;

    private static final int HEAD = 16;
    private static final int TYPE_CRC32C = 0x03;

    private ProxyV2() {}

    /** Reads the header behind its signature. */
    static ProxyHeader read(byte[] signature, Input input) throws IOException, ProxyException {
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new ProxyException("broken PROXY v2 signature");
        }
        byte[] head = Arrays.copyOf(signature, HEAD);
        input.readFully(head, SIGNATURE_LENGTH, HEAD - SIGNATURE_LENGTH);
        int length = ((head[14] & 0xff) << 8) | (head[15] & 0xff);
        if (length > LONGEST) {
            throw new ProxyException("PROXY v2 header too long");
        }
        byte[] header = Arrays.copyOf(head, HEAD + length);
        input.readFully(header, HEAD, length);
        return parse(header);
    }

    private static ProxyHeader parse(byte[] header) throws ProxyException {
        int command = header[12] & 0xff;
        int family = header[13] & 0xff;
        if (command == 0x20) {
            return ProxyHeader.LOCAL;
        }
        if (command != 0x21) {
            throw new ProxyException("unknown PROXY v2 version or command");
        }
        // TCP over IPv4, TCP over IPv6; SMTP comes by nothing else.
        int addressLength =
                switch (family) {
                    case 0x11 -> 4;
                    case 0x21 -> 16;
                    default -> throw new ProxyException("PROXY v2 family is not TCP");
                };
        int fields = HEAD + 2 * addressLength + 4;
        if (header.length < fields) {
            throw new ProxyException("PROXY v2 header too short");
        }
        checkFields(header, fields);
        InetAddress source;
        try {
            source = InetAddress.getByAddress(Arrays.copyOfRange(header, HEAD, HEAD + addressLength));
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets are addresses", e);
        }
        int port = ByteBuffer.wrap(header).getShort(HEAD + 2 * addressLength) & 0xffff;
        return new ProxyHeader(Optional.of(new InetSocketAddress(source, port)));
    }

    private static void checkFields(byte[] header, int from) throws ProxyException {
        int at = from;
        while (at < header.length) {
            if (header.length - at < 3) {
                throw new ProxyException("PROXY v2 field cut off");
            }
            int type = header[at] & 0xff;
            int length = ((header[at + 1] & 0xff) << 8) | (header[at + 2] & 0xff);
            int value = at + 3;
            if (length > header.length - value) {
                throw new ProxyException("PROXY v2 field cut off");
            }
            if (type == TYPE_CRC32C && (length != 4 || !checksumHolds(header, value))) {
                throw new ProxyException("PROXY v2 checksum does not match");
            }
            at = value + length;
        }
    }

    // The checksum covers the whole header with its own value as zeros.
    private static boolean checksumHolds(byte[] header, int value) {
        byte[] zeroed = header.clone();
        Arrays.fill(zeroed, value, value + 4, (byte) 0);
        CRC32C checksum = new CRC32C();
        checksum.update(zeroed);
        return (int) checksum.getValue() == ByteBuffer.wrap(header).getInt(value);
    }
}
