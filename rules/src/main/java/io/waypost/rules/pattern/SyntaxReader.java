package io.waypost.rules.pattern;

import io.waypost.rules.pattern.CharacterSet.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the usual notation: characters, {@code . [a-z] [^a-z] \d \w \s \b}, groups, {@code |}, {@code * + ? {n,m}}, {@code ^ $} and
 * {@code (?i)} in front. What cannot be matched in linear time (back references, look-around) is refused, and so is
 * everything whose meaning differs between dialects.
 */
final class SyntaxReader {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_REPEAT = 1000;

    private static final List<Range> DIGITS = List.of(new Range('0', '9'));
    private static final List<Range> WORDS =
            List.of(new Range('0', '9'), new Range('A', 'Z'), new Range('a', 'z'), new Range('_', '_'));
    private static final List<Range> SPACES = List.of(new Range('\t', '\r'), new Range(' ', ' '));

    private final int[] text;
    private final boolean ignoreCase;
    private int at;

    private SyntaxReader(int[] text, boolean ignoreCase, int at) {
        this.text = text;
        this.ignoreCase = ignoreCase;
        this.at = at;
    }

    static Syntax read(String expression) {
        boolean ignoreCase = expression.startsWith("(?i)");
        SyntaxReader reader = new SyntaxReader(expression.codePoints().toArray(), ignoreCase, ignoreCase ? 4 : 0);
        Syntax syntax = reader.choice(0);
        if (reader.at < reader.text.length) {
            throw new IllegalArgumentException("there is a ')' too many");
        }
        return syntax;
    }

    private Syntax choice(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("groups are nested more than " + MAX_DEPTH + " deep");
        }
        List<Syntax> parts = new ArrayList<>();
        parts.add(sequence(depth));
        while (take('|')) {
            parts.add(sequence(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Choice(List.copyOf(parts));
    }

    private Syntax sequence(int depth) {
        List<Syntax> parts = new ArrayList<>();
        while (at < text.length && text[at] != '|' && text[at] != ')') {
            parts.add(repeated(one(depth)));
        }
        return new Syntax.Sequence(List.copyOf(parts));
    }

    private Syntax repeated(Syntax part) {
        Syntax result;
        if (take('*')) {
            result = new Syntax.Repeat(part, 0, Syntax.Repeat.UNBOUNDED);
        } else if (take('+')) {
            result = new Syntax.Repeat(part, 1, Syntax.Repeat.UNBOUNDED);
        } else if (take('?')) {
            result = new Syntax.Repeat(part, 0, 1);
        } else if (take('{')) {
            result = counted(part);
        } else {
            return part;
        }
        // Lazy or greedy is the same when only "does it match" is asked.
        if (!take('?') && at < text.length && (text[at] == '+' || text[at] == '*' || text[at] == '{')) {
            throw new IllegalArgumentException("two repetitions behind each other; put a group around the first");
        }
        return result;
    }

    private Syntax counted(Syntax part) {
        int least = number();
        int most = least;
        if (take(',')) {
            most = at < text.length && text[at] == '}' ? Syntax.Repeat.UNBOUNDED : number();
        }
        if (!take('}')) {
            throw new IllegalArgumentException("a repetition is {2}, {2,} or {2,5}; write \\{ for the character");
        }
        if (most != Syntax.Repeat.UNBOUNDED && most < least) {
            throw new IllegalArgumentException("{" + least + "," + most + "} is the wrong way round");
        }
        return new Syntax.Repeat(part, least, most);
    }

    private int number() {
        int value = 0;
        int start = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9' && value <= MAX_REPEAT) {
            value = value * 10 + text[at++] - '0';
        }
        if (at == start) {
            throw new IllegalArgumentException("a repetition is {2}, {2,} or {2,5}; write \\{ for the character");
        }
        if (value > MAX_REPEAT) {
            throw new IllegalArgumentException("nothing is repeated more than " + MAX_REPEAT + " times");
        }
        return value;
    }

    private Syntax one(int depth) {
        int c = text[at++];
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> new Syntax.One(bracket());
            case '.' -> new Syntax.One(CharacterSet.any());
            case '^' -> Syntax.Edge.START;
            case '$' -> Syntax.Edge.END;
            case '\\' -> escape();
            case '*', '+', '?', '{' ->
                throw new IllegalArgumentException("'" + Character.toString(c) + "' repeats nothing here; write \\"
                        + Character.toString(c) + " for the character");
            default -> literal(c);
        };
    }

    private Syntax group(int depth) {
        if (take('?') && !take(':')) {
            throw new IllegalArgumentException(
                    "of the (?...) forms there are (?:...) and, in front of everything, (?i); look-around cannot be matched in linear time");
        }
        Syntax inner = choice(depth + 1);
        if (!take(')')) {
            throw new IllegalArgumentException("a '(' is never closed");
        }
        return inner;
    }

    private Syntax escape() {
        int c = next("a '\\' stands at the end; write \\\\ for the character");
        return switch (c) {
            case 'b' -> Syntax.Edge.WORD_EDGE;
            case 'B' -> Syntax.Edge.INSIDE;
            default -> {
                List<Range> ranges = new ArrayList<>();
                boolean negated = addClass(c, ranges);
                yield ranges.isEmpty() ? literal(plain(c)) : new Syntax.One(set(ranges, negated));
            }
        };
    }

    // Adds what \d \w \s mean and answers false; for \D \W \S adds the same and answers true.
    private static boolean addClass(int c, List<Range> ranges) {
        switch (c) {
            case 'd', 'D' -> ranges.addAll(DIGITS);
            case 'w', 'W' -> ranges.addAll(WORDS);
            case 's', 'S' -> ranges.addAll(SPACES);
            default -> {
                return false;
            }
        }
        return Character.isUpperCase(c);
    }

    private static int plain(int c) {
        if (c == 't') {
            return '\t';
        }
        if (c >= '1' && c <= '9') {
            throw new IllegalArgumentException("back references cannot be matched in linear time");
        }
        if (Character.isLetterOrDigit(c)) {
            throw new IllegalArgumentException("\\" + Character.toString(c)
                    + " is not known; there are \\d \\w \\s \\D \\W \\S" + " \\b \\B \\t and \\ before any sign");
        }
        return c;
    }

    private CharacterSet bracket() {
        boolean negated = take('^');
        List<Range> ranges = new ArrayList<>();
        int start = at;
        while (true) {
            int c = next("a '[' is never closed");
            if (c == ']' && at > start + 1) {
                return set(ranges, negated);
            }
            if (c == '[' || c == ']' || (c == '&' && at < text.length && text[at] == '&')) {
                throw new IllegalArgumentException("write \\" + Character.toString(c)
                        + " for the character inside [...]; dialects differ about it");
            }
            int first = c;
            if (c == '\\') {
                int escaped = next("a '[' is never closed");
                List<Range> known = new ArrayList<>();
                boolean inverted = addClass(escaped, known);
                if (inverted) {
                    throw new IllegalArgumentException(
                            "\\" + Character.toString(escaped) + " inside [...] is not known; write [^...]");
                }
                if (!known.isEmpty()) {
                    ranges.addAll(known);
                    continue;
                }
                first = plain(escaped);
            }
            ranges.add(range(first));
        }
    }

    private Range range(int first) {
        if (at + 1 >= text.length || text[at] != '-' || text[at + 1] == ']') {
            return new Range(first, first);
        }
        at++;
        int last = next("a '[' is never closed");
        if (last == '[') {
            throw new IllegalArgumentException("write \\[ for the character inside [...]; dialects differ about it");
        }
        if (last == '\\') {
            last = plain(next("a '[' is never closed"));
        }
        if (last < first) {
            throw new IllegalArgumentException(
                    Character.toString(first) + "-" + Character.toString(last) + " is the wrong way round");
        }
        return new Range(first, last);
    }

    private Syntax literal(int c) {
        return new Syntax.One(set(List.of(new Range(c, c)), false));
    }

    private CharacterSet set(List<Range> ranges, boolean negated) {
        return new CharacterSet(ranges, negated, ignoreCase);
    }

    private int next(String atEnd) {
        if (at >= text.length) {
            throw new IllegalArgumentException(atEnd);
        }
        return text[at++];
    }

    private boolean take(int c) {
        if (at < text.length && text[at] == c) {
            at++;
            return true;
        }
        return false;
    }
}
