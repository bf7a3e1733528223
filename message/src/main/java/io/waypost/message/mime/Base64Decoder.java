package io.waypost.message.mime;

import java.util.Arrays;

/**
 * Base64 (RFC 2045 6.8) in pieces of any size. Foreign characters are passed over and remembered as a fault. For one thread.
 */
final class Base64Decoder {

    private static final int[] VALUES = values();

    private int bits;
    private int have;
    private boolean padded;
    private boolean broken;

    private static int[] values() {
        int[] values = new int[256];
        Arrays.fill(values, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = i;
        }
        return values;
    }

    /** How large an output must be for this much input. */
    static int room(int length) {
        return length / 4 * 3 + 6;
    }

    /** Decodes all of the input; answers how many bytes it wrote to {@code out}. */
    int decode(byte[] in, int length, byte[] out) {
        int i = 0;
        int o = 0;
        while (i < length) {
            if (have == 0 && !padded) {
                // Whole groups of four, until a line end or something foreign makes the value negative.
                while (i + 4 <= length) {
                    int value = VALUES[in[i] & 0xff] << 18
                            | VALUES[in[i + 1] & 0xff] << 12
                            | VALUES[in[i + 2] & 0xff] << 6
                            | VALUES[in[i + 3] & 0xff];
                    if (value < 0) {
                        break;
                    }
                    out[o++] = (byte) (value >> 16);
                    out[o++] = (byte) (value >> 8);
                    out[o++] = (byte) value;
                    i += 4;
                }
                if (i == length) {
                    break;
                }
            }
            o = single(in[i++] & 0xff, out, o);
        }
        return o;
    }

    private int single(int c, byte[] out, int o) {
        int value = VALUES[c];
        if (value >= 0) {
            // Something behind the padding: two encoded texts in a row.
            broken |= padded;
            padded = false;
            bits = bits << 6 | value;
            if (++have == 4) {
                return emit(out, o, 3);
            }
        } else if (c == '=') {
            broken |= have == 1 || (have == 0 && !padded);
            int end = have < 2 ? o : emit(out, o, have - 1);
            have = 0;
            bits = 0;
            padded = true;
            return end;
        } else {
            broken |= c != '\r' && c != '\n' && c != ' ' && c != '\t';
        }
        return o;
    }

    private int emit(byte[] out, int o, int bytes) {
        int value = bits << (6 * (4 - have));
        for (int i = 0; i < bytes; i++) {
            out[o++] = (byte) (value >> (16 - 8 * i));
        }
        have = 0;
        bits = 0;
        return o;
    }

    /** Writes what is left of an unpadded end; answers how many bytes. */
    int finish(byte[] out) {
        if (have == 0) {
            return 0;
        }
        broken = true;
        return have == 1 ? 0 : emit(out, 0, have - 1);
    }

    boolean isBroken() {
        return broken;
    }
}
