package io.waypost.api.aws.protocol;

import java.util.ArrayList;
import java.util.List;

/** The names and values of a form or a query, decoded, in their order. */
public final class Pairs {

    /** The most of one request. */
    public static final int MOST = 10_000;

    /** @param value empty when there is no equals sign */
    public record Pair(String name, String value) {}

    private Pairs() {}

    /** @throws RefusedException when the encoding is broken, a name is empty, or there are too many */
    public static List<Pair> ofForm(String form) throws RefusedException {
        return read(form, true);
    }

    /** @throws RefusedException as with a form */
    public static List<Pair> ofQuery(String query) throws RefusedException {
        return read(query, false);
    }

    private static List<Pair> read(String text, boolean form) throws RefusedException {
        List<Pair> pairs = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('&', begin);
            end = end < 0 ? text.length() : end;
            if (end > begin) {
                int equals = text.indexOf('=', begin);
                boolean named = equals >= 0 && equals < end;
                String name = decode(text.substring(begin, named ? equals : end), form);
                if (pairs.size() == MOST) {
                    throw new RefusedException(Fault.MALFORMED, "The request has more than " + MOST + " parameters");
                }
                if (name.isEmpty()) {
                    throw new RefusedException(Fault.MALFORMED, "A parameter has no name");
                }
                pairs.add(new Pair(name, named ? decode(text.substring(equals + 1, end), form) : ""));
            }
            begin = end + 1;
        }
        return pairs;
    }

    private static String decode(String text, boolean form) throws RefusedException {
        return form ? PercentText.ofForm(text) : PercentText.ofUri(text, true);
    }
}
