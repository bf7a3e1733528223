package io.waypost.api.template.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Names a value: {@code a.b}, {@code this}, {@code ../a}, {@code @index}.
 *
 * @param written as it stands in the template
 * @param up how many contexts outwards it begins
 * @param fixed whether it must be found there and not further out: {@code this.a}, {@code ../a}
 * @param data whether it begins with a name of {@code @}
 * @param names from there inwards; empty for the context itself
 */
record Path(String written, int up, boolean fixed, boolean data, List<String> names) {

    private static final int MOST_NAMES = 50;
    private static final int LONGEST = 500;
    private static final String NO_NAME = "!\"#%&'()*+,;<=>@[\\]^`{|}~";

    Path {
        names = List.copyOf(names);
    }

    static Path parse(String written) throws TemplateSyntaxException {
        if (written.length() > LONGEST) {
            throw fault(written.substring(0, LONGEST) + "...");
        }
        String text = written;
        int up = 0;
        while (text.startsWith("../") || text.equals("..")) {
            if (++up > MOST_NAMES) {
                throw fault(written);
            }
            text = text.substring(Math.min(3, text.length()));
        }
        boolean fixed = up > 0;
        boolean data = text.startsWith("@") && up == 0;
        if (data) {
            text = text.substring(1);
        }
        if (text.equals(".") || text.equals("this") || (text.isEmpty() && up > 0)) {
            return new Path(written, up, true, false, List.of());
        }
        for (String self : List.of("this.", "this/", "./")) {
            if (text.startsWith(self) && !data) {
                fixed = true;
                text = text.substring(self.length());
                break;
            }
        }
        return new Path(written, up, fixed, data, names(text, written));
    }

    private static List<String> names(String text, String written) throws TemplateSyntaxException {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (true) {
            int end;
            if (text.startsWith("[", at)) {
                int close = text.indexOf(']', at);
                if (close < 0) {
                    throw fault(written);
                }
                names.add(text.substring(at + 1, close));
                end = close + 1;
            } else {
                end = at;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '/') {
                    char c = text.charAt(end++);
                    if (NO_NAME.indexOf(c) >= 0 || c <= ' ') {
                        throw fault(written);
                    }
                }
                if (end == at) {
                    throw fault(written);
                }
                names.add(text.substring(at, end));
            }
            if (end == text.length()) {
                break;
            }
            if (text.charAt(end) != '.' && text.charAt(end) != '/' || names.size() == MOST_NAMES) {
                throw fault(written);
            }
            at = end + 1;
        }
        return names;
    }

    private static TemplateSyntaxException fault(String written) {
        return new TemplateSyntaxException("Not an attribute: " + written);
    }
}
