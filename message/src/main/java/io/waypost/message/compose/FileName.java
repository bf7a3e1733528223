package io.waypost.message.compose;

import java.nio.charset.StandardCharsets;

/** A file's name as a parameter of Content-Disposition (RFC 2183 2.3), beyond ASCII as RFC 2231 has it. */
final class FileName {

    private static final int LONGEST_QUOTED = 60;
    private static final int LONGEST_SECTION = 50;
    private static final String HEX = "0123456789ABCDEF";

    private FileName() {}

    /** {@code ; filename=...}, folded. */
    static String parameter(String fileName) {
        String name = HeaderText.oneLine(fileName);
        boolean quoted = name.length() <= LONGEST_QUOTED
                && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')
                && !name.contains("=?");
        return quoted ? ";\r\n filename=\"" + name + "\"" : encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        StringBuilder section = new StringBuilder("UTF-8''");
        int number = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (section.length() > LONGEST_SECTION) {
                out.append(";\r\n filename*").append(number++).append("*=").append(section);
                section.setLength(0);
            }
            if (b >= '0' && b <= '9'
                    || b >= 'A' && b <= 'Z'
                    || b >= 'a' && b <= 'z'
                    || b == '.'
                    || b == '-'
                    || b == '_') {
                section.append((char) b);
            } else {
                section.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return number == 0
                ? ";\r\n filename*=" + section
                : out.append(";\r\n filename*")
                        .append(number)
                        .append("*=")
                        .append(section)
                        .toString();
    }
}
