package io.waypost.api.template.language;

import java.util.ArrayList;
import java.util.List;

/** Takes a text apart into words and tags; comments fall out, {@code ~} takes the white space beside it along. */
final class Scanner {

    // SES fills these in when it sends, for each recipient (contract 4.9, 4.10).
    private static final List<String> LATER = List.of("amazonSESUnsubscribeUrl", "ses:openTracker");

    /** A token: a tag, or words. */
    sealed interface Token {

        record Text(String text) implements Token {}

        record Braces(Tag tag) implements Token {}
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private boolean trimming;

    private Scanner(String text) {
        this.text = text;
    }

    static List<Token> scan(String text) throws TemplateSyntaxException {
        Scanner scanner = new Scanner(text);
        scanner.scan();
        return scanner.tokens;
    }

    private void scan() throws TemplateSyntaxException {
        int at = 0;
        while (true) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                words(text.substring(at));
                finish();
                return;
            }
            if (open > at && text.charAt(open - 1) == '\\') {
                // \{{ is no tag.
                words(text.substring(at, open - 1));
                words("{{");
                at = open + 2;
                continue;
            }
            words(text.substring(at, open));
            at = tag(open);
        }
    }

    private void words(String piece) {
        String rest = trimming ? piece.stripLeading() : piece;
        trimming = trimming && rest.isEmpty();
        words.append(rest);
    }

    private void trimEnd() {
        int length = words.length();
        while (length > 0 && Character.isWhitespace(words.charAt(length - 1))) {
            length--;
        }
        words.setLength(length);
    }

    private void finish() {
        if (!words.isEmpty()) {
            tokens.add(new Token.Text(words.toString()));
            words.setLength(0);
        }
    }

    private int tag(int open) throws TemplateSyntaxException {
        boolean three = text.startsWith("{{{", open);
        int begin = open + (three ? 3 : 2);
        boolean trimBefore = text.startsWith("~", begin);
        if (trimBefore) {
            begin++;
            trimEnd();
        }
        boolean longComment = text.startsWith("!--", begin);
        String end = three ? "}}}" : "}}";
        int close = text.indexOf(longComment ? "--" : end, begin + (longComment ? 3 : 0));
        while (longComment && close >= 0 && !text.startsWith("}}", close + 2) && !text.startsWith("~}}", close + 2)) {
            close = text.indexOf("--", close + 1);
        }
        if (close < 0) {
            throw new TemplateSyntaxException("A tag is not closed: " + shown(text.substring(open)));
        }
        int last = longComment ? close + 2 : close;
        boolean trimBehind = longComment ? text.startsWith("~", last) : last > begin && text.charAt(last - 1) == '~';
        int behind = longComment ? last + (trimBehind ? 3 : 2) : last + end.length();
        String inside = text.substring(begin, trimBehind && !longComment ? last - 1 : last);
        if (!inside.startsWith("!")) {
            tag(inside, text.substring(open, behind));
        }
        trimming = trimBehind;
        return behind;
    }

    private void tag(String inside, String written) {
        if (LATER.contains(inside.strip())) {
            words.append(written);
            return;
        }
        finish();
        tokens.add(new Token.Braces(Tag.of(inside, shown(written))));
    }

    /** Enough to find it by. */
    private static String shown(String tag) {
        return tag.length() <= 60 ? tag : tag.substring(0, 60) + "...";
    }
}
