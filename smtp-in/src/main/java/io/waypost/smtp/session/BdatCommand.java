package io.waypost.smtp.session;

import io.waypost.smtp.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of BDAT, read (RFC 3030 2).
 *
 * @param length octets that follow the command line
 * @param last whether the mail ends with them
 */
record BdatCommand(long length, boolean last) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})( LAST)?", Pattern.CASE_INSENSITIVE);

    /** @throws Refusal that closes: without a length nobody knows where the next command begins */
    static BdatCommand parse(String argument) throws Refusal {
        Matcher matcher = FORM.matcher(argument);
        if (!matcher.matches()) {
            throw Replies.syntax("Syntax: BDAT length [LAST]").closing();
        }
        return new BdatCommand(Long.parseLong(matcher.group(1)), matcher.group(2) != null);
    }
}
