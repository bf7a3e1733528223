package io.waypost.message.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address list (RFC 5322 3.4) the way senders write it: in one pass, taking whatever can be understood. Group names
 * and comments are passed over; a comment serves as the name where there is no other.
 */
final class AddressList {

    private final String text;
    private int at;
    private final List<MailAddress> found = new ArrayList<>();

    // One item: words before an angle bracket without their quotes, the same as written, and what stood in <> and ().
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder bare = new StringBuilder();
    private @Nullable String angle;
    private @Nullable String comment;

    private AddressList(String text) {
        this.text = text;
    }

    static List<MailAddress> parse(String text) {
        AddressList list = new AddressList(text);
        list.items();
        return list.found;
    }

    private void items() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '"' -> quoted(phrase, bare);
                case '(' -> comment = comment();
                case '<' -> angle = angle();
                case ',', ';' -> finish();
                case ':' -> {
                    // A group's name (RFC 5322 3.4); a colon inside an address is left to whoever wrote it.
                    if (bare.indexOf("@") < 0 && angle == null) {
                        clear();
                    } else {
                        word(c);
                    }
                }
                default -> word(c);
            }
        }
        finish();
    }

    private void word(char c) {
        phrase.append(c);
        if (!Character.isWhitespace(c)) {
            bare.append(c);
        }
    }

    private void quoted(StringBuilder without, StringBuilder with) {
        with.append('"');
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && at < text.length()) {
                with.append(c);
                c = text.charAt(at++);
            }
            with.append(c);
            without.append(c);
        }
        with.append('"');
    }

    private String comment() {
        StringBuilder inside = new StringBuilder();
        int depth = 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                break;
            }
            inside.append(c);
        }
        return inside.toString();
    }

    private String angle() {
        StringBuilder inside = new StringBuilder();
        StringBuilder unused = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '>') {
                break;
            }
            if (c == '"') {
                quoted(unused, inside);
            } else if (!Character.isWhitespace(c)) {
                inside.append(c);
            }
        }
        // A source route (RFC 5322 4.4) says nothing any more.
        int route = inside.length() > 0 && inside.charAt(0) == '@' ? inside.indexOf(":") : -1;
        return inside.substring(route + 1);
    }

    private void finish() {
        String words = EncodedWords.decode(phrase.toString()).strip();
        if (angle != null) {
            String name = words.isEmpty() ? commentName() : words;
            add(name, angle);
        } else if (!bare.isEmpty()) {
            if (bare.indexOf("@") >= 0) {
                add(commentName(), bare.toString());
            } else {
                found.add(new MailAddress(words, null));
            }
        }
        clear();
    }

    private void add(@Nullable String name, String address) {
        if (address.indexOf('@') >= 0) {
            found.add(new MailAddress(name, address));
        } else if (name != null || !address.isEmpty()) {
            found.add(new MailAddress(name == null ? address : name, null));
        }
    }

    private @Nullable String commentName() {
        String name = comment == null ? "" : EncodedWords.decode(comment).strip();
        return name.isEmpty() ? null : name;
    }

    private void clear() {
        phrase.setLength(0);
        bare.setLength(0);
        angle = null;
        comment = null;
    }
}
