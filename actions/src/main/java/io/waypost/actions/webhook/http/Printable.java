package io.waypost.actions.webhook.http;

/** Foreign text made fit for one line of a trace or a log. */
public final class Printable {

    private Printable() {}

    /** Printable ASCII on one line, at most {@code most} characters; other characters become a dot or a space. */
    public static String of(String text, int most) {
        StringBuilder out = new StringBuilder();
        boolean space = false;
        for (int i = 0; i < text.length() && out.length() < most; i++) {
            char c = text.charAt(i);
            if (c <= ' ') {
                space = !out.isEmpty();
            } else {
                if (space) {
                    out.append(' ');
                    space = false;
                }
                out.append(c < 0x7f ? c : '.');
            }
        }
        out.setLength(Math.min(out.length(), most));
        return out.toString();
    }
}
