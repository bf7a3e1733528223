package io.waypost.config.text;

/**
 * One fault of a text: where, what, and what to do about it.
 *
 * @param place file and line
 * @param fault what is wrong and, behind a semicolon, the remedy or the nearest right word
 */
public record Problem(Place place, String fault) {

    private static final int LONGEST = 1000;

    /** Keeps the fault one printable line, whatever word of a broken file it repeats. */
    public Problem {
        fault = printable(fault.length() > LONGEST ? fault.substring(0, LONGEST) + "..." : fault);
    }

    /** {@code file:line: fault}, the line a user sees. */
    @Override
    public String toString() {
        return place + ": " + fault;
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
