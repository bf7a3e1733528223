package io.waypost.smtp.checks;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a server that we trust says to have found (RFC 8617 4.1.1, RFC 8601 2.2). */
final class SealerClaims {

    // Nothing that stands in a comment or between quotes is a statement.
    private static final Pattern ASIDE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|\\((?:[^()\\\\]|\\\\.)*+\\)");
    private static final Pattern DMARC_PASS = Pattern.compile("dmarc\\s*=\\s*pass(?:\\s.*)?");
    private static final int DEEPEST = 8;

    private SealerClaims() {}

    /** Whether DMARC passed there for this author's domain. */
    static boolean passesDmarc(String claims, String authorDomain) {
        String plain = claims;
        for (int depth = 0; depth < DEEPEST; depth++) {
            plain = ASIDE.matcher(plain).replaceAll(" ");
        }
        if (plain.indexOf('"') >= 0 || plain.indexOf('(') >= 0) {
            return false;
        }
        Pattern author = Pattern.compile("(?:^|\\s)header\\.from\\s*=\\s*"
                + Pattern.quote(authorDomain.toLowerCase(Locale.ROOT)) + "\\.?(?:\\s|$)");
        for (String statement : plain.toLowerCase(Locale.ROOT).split(";")) {
            if (DMARC_PASS.matcher(statement.strip()).matches()
                    && author.matcher(statement).find()) {
                return true;
            }
        }
        return false;
    }
}
