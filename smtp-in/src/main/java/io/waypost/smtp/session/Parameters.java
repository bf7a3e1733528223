package io.waypost.smtp.session;

import io.waypost.smtp.Refusal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters behind a path in MAIL and RCPT (RFC 5321 4.1.2, esmtp-param). */
final class Parameters {

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x20=\\x7f-\\x9f]+");

    /** RFC 3461 4: printable characters but + and =, or + and two upper-case hexadecimal digits. */
    private static final Pattern XTEXT = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

    private Parameters() {}

    /**
     * Keyword in upper case to value; a keyword without a value has an empty one.
     *
     * @throws Refusal 501 for broken or repeated parameters
     */
    static Map<String, String> parse(String text) throws Refusal {
        if (text.isEmpty()) {
            return Map.of();
        }
        if (text.charAt(0) != ' ') {
            throw Replies.syntax("Blank expected behind the address");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String word : text.trim().split(" +")) {
            int equals = word.indexOf('=');
            String keyword = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (!KEYWORD.matcher(keyword).matches()
                    || (equals >= 0 && !VALUE.matcher(value).matches())
                    || parameters.putIfAbsent(keyword.toUpperCase(Locale.ROOT), value) != null) {
                throw Replies.syntax("Bad or repeated parameter");
            }
        }
        return parameters;
    }

    static boolean isXtext(String text) {
        return XTEXT.matcher(text).matches();
    }

    static void requireOffered(String keyword, Set<String> offered) throws Refusal {
        if (!offered.contains(keyword)) {
            throw unknown();
        }
    }

    /** RFC 5321 4.1.1.11: a parameter that was not announced. */
    static Refusal unknown() {
        return Refusal.of("unknown-parameter", 555, "5.5.4", "Unknown parameter");
    }
}
