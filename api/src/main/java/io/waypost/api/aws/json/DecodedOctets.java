package io.waypost.api.aws.json;

import java.io.OutputStream;
import java.util.Arrays;

/** Takes what is decoded from base64 into an array whose length was found beforehand. */
final class DecodedOctets extends OutputStream {

    private byte[] octets;
    private int count;

    DecodedOctets(int length) {
        this.octets = new byte[length];
    }

    /**
     * How many octets the base64 of a JSON text stands for; more where something in it is escaped or no base64.
     *
     * @param begin behind the text's first quotation mark
     */
    static int length(byte[] json, int begin) {
        int end = begin;
        while (end < json.length && json[end] != '"') {
            end++;
        }
        int padding = 0;
        while (padding < 2 && end - padding > begin && json[end - padding - 1] == '=') {
            padding++;
        }
        // Without padding the last group is short.
        return (int) ((long) (end - begin - padding) * 3 / 4);
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (length > octets.length - count) {
            octets = Arrays.copyOf(octets, Math.max(count + length, 2 * octets.length));
        }
        System.arraycopy(from, offset, octets, count, length);
        count += length;
    }

    byte[] all() {
        return count == octets.length ? octets : Arrays.copyOf(octets, count);
    }
}
