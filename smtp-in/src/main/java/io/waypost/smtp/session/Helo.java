package io.waypost.smtp.session;

import io.waypost.smtp.Refusal;
import java.util.regex.Pattern;

/**
 * The argument of HELO and EHLO: a domain or an address literal (RFC 5321 4.1.1.1). Underscores and a dot at the end are
 * tolerated, since real servers have such names; nothing that could disturb a header field is.
 */
final class Helo {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,254})");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9.:-]{1,60}\\]");

    private Helo() {}

    static String check(String argument) throws Refusal {
        if (NAME.matcher(argument).matches() || LITERAL.matcher(argument).matches()) {
            return argument;
        }
        throw Refusal.of("bad-helo", 501, "5.5.4", "Your host name, please");
    }
}
