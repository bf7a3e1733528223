package io.waypost.smtp.checks.author;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address list of RFC 5322 3.4, without anything obsolete, as regular expressions made from its rules: another reader to compare
 * with. Comments are followed three deep.
 */
final class StrictGrammar {

    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x80-\\x{10ffff}-]";
    private static final String FWS = "[ \\t]";
    private static final String CTEXT = "[!-'*-\\[\\]-~\\x80-\\x{10ffff}]|\\\\[ -~\\t]|" + FWS;
    private static final String COMMENT0 = "\\((?:" + CTEXT + ")*+\\)";
    private static final String COMMENT1 = "\\((?:" + CTEXT + "|" + COMMENT0 + ")*+\\)";
    private static final String COMMENT = "\\((?:" + CTEXT + "|" + COMMENT1 + ")*+\\)";
    private static final String CFWS = "(?:" + FWS + "|" + COMMENT + ")*+";
    private static final String DOT_ATOM = ATEXT + "++(?:\\." + ATEXT + "++)*+";
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~\\t\\x80-\\x{10ffff}]|\\\\[ -~\\t])*+\"";
    private static final String WORD = CFWS + "(?:" + ATEXT + "++|" + QUOTED + ")" + CFWS;
    private static final String LITERAL = "\\[[!-Z^-~ \\t]*+\\]";
    private static final String ADDR_SPEC =
            CFWS + "(?:" + DOT_ATOM + "|" + QUOTED + ")" + CFWS + "@" + CFWS + "(DOM)" + CFWS;
    private static final String ADDRESS = ADDR_SPEC.replace("DOM", DOT_ATOM + "|" + LITERAL);
    private static final Pattern MAILBOX = Pattern.compile(
            "(?:" + WORD + ")*+" + CFWS + "<" + ADDRESS + ">" + CFWS + "|" + ADDRESS, Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern GROUP_START = Pattern.compile("(?:" + WORD + ")++:" + CFWS);
    private static final Pattern GROUP_END = Pattern.compile(CFWS + ";" + CFWS);

    private StrictGrammar() {}

    /** All domains as written, lower case; empty when the text is no address list. */
    static Optional<Set<String>> domains(String text) {
        Set<String> domains = new LinkedHashSet<>();
        int at = 0;
        boolean first = true;
        boolean inGroup = false;
        while (true) {
            if (!first && at < text.length() && !inGroup && text.charAt(at) == ',') {
                at++;
            } else if (!first) {
                return at == text.length() && !inGroup ? Optional.of(domains) : Optional.empty();
            }
            first = false;
            Matcher group = GROUP_START.matcher(text).region(at, text.length());
            if (group.lookingAt()) {
                inGroup = true;
                at = group.end();
            }
            while (true) {
                Matcher end = GROUP_END.matcher(text).region(at, text.length());
                if (inGroup && end.lookingAt()) {
                    inGroup = false;
                    at = end.end();
                    break;
                }
                Matcher mailbox = MAILBOX.matcher(text).region(at, text.length());
                if (!mailbox.lookingAt()) {
                    return Optional.empty();
                }
                domains.add((mailbox.group(1) == null ? mailbox.group(2) : mailbox.group(1)).toLowerCase());
                at = mailbox.end();
                if (!inGroup) {
                    break;
                }
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
            }
        }
    }
}
