package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A tag list (RFC 6376 3.2): of a signature field, or of a key record. Names are case-sensitive, each stands once. */
public final class TagList {

    /** RFC 6376 knows 13, RFC 8617 adds one. */
    public static final int MOST_TAGS = 40;

    /** No honest one comes near, not even with copied header fields ({@code z=}). */
    public static final int LONGEST = 64 * 1024;

    private final Map<String, Tag> tags;

    private TagList(Map<String, Tag> tags) {
        this.tags = tags;
    }

    /**
     * One tag.
     *
     * @param value without white space around it; folded inside as it was
     * @param start where the text between {@code =} and {@code ;} begins
     * @param end where it ends
     */
    public record Tag(String name, String value, int start, int end) {}

    /** Reads a text, every octet one character (ISO-8859-1). */
    public static TagList of(String text) throws MalformedException {
        return parse(text, 0, text.length());
    }

    /** Reads what stands behind a raw field's name and colon; the tags' positions are those in the field. */
    public static TagList ofField(byte[] field) throws MalformedException {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int end = text.endsWith("\r\n") ? text.length() - 2 : text.length();
        return parse(text, Math.min(text.indexOf(':') + 1, end), end);
    }

    private static TagList parse(String text, int from, int to) throws MalformedException {
        if (to - from > LONGEST) {
            throw new MalformedException("longer than " + LONGEST + " octets");
        }
        Map<String, Tag> tags = new LinkedHashMap<>();
        int at = from;
        while (at < to) {
            int semicolon = text.indexOf(';', at);
            int end = semicolon < 0 || semicolon > to ? to : semicolon;
            if (end == to && !tags.isEmpty() && isBlank(text, at, to)) {
                break; // Behind the semicolon that may end the list.
            }
            Tag tag = tag(text, at, end);
            if (tags.putIfAbsent(tag.name(), tag) != null) {
                throw new MalformedException("the tag " + tag.name() + "= stands twice");
            }
            if (tags.size() > MOST_TAGS) {
                throw new MalformedException("more than " + MOST_TAGS + " tags");
            }
            at = end + 1;
        }
        if (tags.isEmpty()) {
            throw new MalformedException("no tags");
        }
        return new TagList(tags);
    }

    private static Tag tag(String text, int from, int end) throws MalformedException {
        int equals = text.indexOf('=', from);
        if (equals < 0 || equals >= end) {
            throw new MalformedException("no tag: " + Text.quoted(Text.trim(text.substring(from, end))));
        }
        String name = Text.trim(text.substring(from, equals));
        if (!isName(name)) {
            throw new MalformedException("no name of a tag: " + Text.quoted(name));
        }
        String value = Text.trim(text.substring(equals + 1, end));
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // UTF-8 is allowed since RFC 8616 3.
            if (c == 0x7f || (c < ' ' && !Text.isWhiteSpace(c))) {
                throw new MalformedException("a control character in " + name + "=");
            }
        }
        return new Tag(name, value, equals + 1, end);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Text.isWhiteSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** All tags in their order. */
    public Collection<Tag> tags() {
        return Collections.unmodifiableCollection(tags.values());
    }

    public boolean has(String name) {
        return tags.containsKey(name);
    }

    public Optional<Tag> tag(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** The value, which may be empty. */
    public Optional<String> value(String name) {
        return tag(name).map(Tag::value);
    }

    /** The value of a tag that must be there. */
    public String required(String name) throws MalformedException {
        Tag tag = tags.get(name);
        if (tag == null) {
            throw new MalformedException("no " + name + "= tag");
        }
        return tag.value();
    }
}
