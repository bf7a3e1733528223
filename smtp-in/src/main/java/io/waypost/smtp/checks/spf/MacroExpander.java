package io.waypost.smtp.checks.spf;

import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Puts values in the place of macros (RFC 7208 7.3), never more of them than the result can hold. Of one check. */
final class MacroExpander {

    private final Subject subject;
    private final ClientNames names;
    private final String receiver;
    private final Clock clock;

    MacroExpander(Subject subject, ClientNames names, String receiver, Clock clock) {
        this.subject = subject;
        this.names = names;
        this.receiver = receiver;
        this.clock = clock;
    }

    /** The name that DNS is asked for, without the dot at the end; it need not be one that can exist. */
    String domain(MacroString spec, String current) throws SpfError {
        StringBuilder out = new StringBuilder();
        // Only the right end of a long name stays, so it is built from there; one character more may be a dot that
        // goes.
        for (MacroString.Part part : spec.parts().reversed()) {
            if (out.length() > DomainName.LONGEST + 1) {
                break;
            }
            out.insert(0, value(part, current));
        }
        return DomainName.fit(out.toString());
    }

    /** The explanation, cut to its longest. */
    String explanation(MacroString text, String current) throws SpfError {
        StringBuilder out = new StringBuilder();
        for (MacroString.Part part : text.parts()) {
            if (out.length() > SpfResult.LONGEST_EXPLANATION) {
                break;
            }
            out.append(value(part, current));
        }
        return SafeText.ascii(out.toString(), SpfResult.LONGEST_EXPLANATION);
    }

    private String value(MacroString.Part part, String current) throws SpfError {
        return switch (part) {
            case MacroString.Literal(String text) -> text;
            case MacroString.Macro macro -> {
                String value = value(macro.letter(), current);
                String transformed = macro.isPlain() ? value : transformed(value, macro);
                yield macro.escaped() ? escaped(transformed) : transformed;
            }
        };
    }

    private String value(char letter, String current) throws SpfError {
        return switch (letter) {
            case 's' -> subject.sender();
            case 'l' -> subject.localPart();
            case 'o' -> subject.domainName();
            case 'd' -> current;
            case 'i' -> IpText.dotted(subject.client());
            case 'p' -> names.nearest(current);
            case 'v' -> subject.client() instanceof Inet6Address ? "ip6" : "in-addr";
            case 'h' -> subject.helo();
            case 'c' -> IpText.readable(subject.client());
            case 'r' -> receiver;
            case 't' -> String.valueOf(clock.instant().getEpochSecond());
            default -> throw new IllegalStateException("the parser let this macro pass: " + letter);
        };
    }

    private static String transformed(String value, MacroString.Macro macro) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if (macro.delimiters().indexOf(value.charAt(i)) >= 0) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        if (macro.reversed()) {
            Collections.reverse(parts);
        }
        return String.join(".", parts.subList(Math.max(0, parts.size() - macro.rightmost()), parts.size()));
    }

    /** All but the unreserved characters of RFC 3986. */
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append("%02X".formatted(octet & 0xff));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
