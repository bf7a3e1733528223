package io.waypost.api.aws.query;

/** XML 1.0 text in the making: elements and text, escaped. For one thread. */
final class Xml {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out = new StringBuilder(512);

    Xml open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    Xml open(String name, String namespace) {
        out.append('<').append(name).append(" xmlns=\"");
        text(namespace);
        out.append("\">");
        return this;
    }

    Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    Xml empty(String name) {
        out.append('<').append(name).append("/>");
        return this;
    }

    Xml element(String name, String text) {
        return open(name).text(text).close(name);
    }

    /** Characters that XML 1.0 cannot say (2.2) become U+FFFD: an answer that cannot be read would be worse. */
    Xml text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                // A reader turns a bare one into a line feed (XML 1.0 2.11).
                case '\r' -> out.append("&#xD;");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(isCharacter(c) ? c : REPLACEMENT);
                    }
                }
            }
        }
        return this;
    }

    private static boolean isCharacter(char c) {
        return c >= ' ' ? !Character.isSurrogate(c) && c < '\uFFFE' : c == '\t' || c == '\n';
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
