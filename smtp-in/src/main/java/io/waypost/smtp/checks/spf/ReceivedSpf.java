package io.waypost.smtp.checks.spf;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Writes the value of a Received-SPF field (RFC 7208 9.1) in the look of Amazon SES. What the sender wrote stands in quoted strings
 * only, his domain also in the comment, reduced to the characters of domains: he can end neither, nor begin a field or a key.
 */
public final class ReceivedSpf {

    /** The field's name. */
    public static final String NAME = "Received-SPF";

    /** Longer values are cut, so that a line has at most 998 octets even if every one of them is escaped (RFC 5322 2.1.1). */
    private static final int LONGEST_VALUE = 320;

    private static final int LONGEST_DOMAIN = 255;
    private static final int FOLD_AT = 77;

    private ReceivedSpf() {}

    /**
     * The value, folded by CRLF and a blank, without the CRLF at its end; the name, a colon and a blank come before it.
     *
     * @param helo what the client said, of any form
     */
    public static String value(SpfResult result, InetAddress client, String helo) {
        InetAddress address = IpText.unmapped(client);
        String ip = IpText.readable(address);
        StringBuilder out = new StringBuilder(result.result().word());
        int column = NAME.length() + 2 + out.length();
        List<String> comment = List.of(("(" + comment(result, address) + ")").split(" "));
        List<String> values = List.of(
                // RFC 7208 9.1: colons make it no dot-atom.
                "client-ip=" + (address instanceof Inet6Address ? quoted(ip) : ip),
                "envelope-from=" + quoted(result.sender()),
                "helo=" + quoted(helo));
        for (String word : comment) {
            column = append(out, column, word);
        }
        for (String word : values) {
            column = append(out, column, word + ";");
        }
        return out.toString();
    }

    /** The same in words, as a comment may hold it without its parentheses: {@code spfCheck: domain of ...}. */
    public static String comment(SpfResult result, InetAddress address) {
        String client = IpText.readable(IpText.unmapped(address));
        String domain = domain(result.domain());
        return "spfCheck: "
                + switch (result.result()) {
                    case PASS -> "domain of " + domain + " designates " + client + " as permitted sender";
                    case FAIL -> "domain of " + domain + " does not designate " + client + " as permitted sender";
                    case SOFTFAIL ->
                        "transitioning domain of " + domain + " does not designate " + client + " as permitted sender";
                    case NEUTRAL, NONE -> client + " is neither permitted nor denied by domain of " + domain;
                    case TEMPERROR -> "Error in retrieving data from DNS";
                    case PERMERROR -> "Error in processing SPF Record";
                };
    }

    private static int append(StringBuilder out, int column, String word) {
        boolean folds = column + 1 + word.length() > FOLD_AT;
        out.append(folds ? "\r\n " : " ").append(word);
        return (folds ? 0 : column) + 1 + word.length();
    }

    /** Nothing that means something in a comment. */
    private static String domain(String text) {
        String name = text.length() <= LONGEST_DOMAIN ? text : text.substring(0, LONGEST_DOMAIN);
        return name.replaceAll("[^A-Za-z0-9._:\\[\\]-]", "?");
    }

    private static String quoted(String text) {
        return '"' + SafeText.ascii(text, LONGEST_VALUE).replaceAll("([\"\\\\])", "\\\\$1") + '"';
    }
}
