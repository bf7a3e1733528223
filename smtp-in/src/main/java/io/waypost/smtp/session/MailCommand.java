package io.waypost.smtp.session;

import io.waypost.message.Envelope;
import io.waypost.message.ReversePath;
import io.waypost.smtp.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The argument of MAIL, read (RFC 5321 4.1.1.2).
 *
 * @param from the reverse-path
 * @param size SIZE of RFC 1870, or -1
 * @param body BODY of RFC 6152
 * @param smtpUtf8 SMTPUTF8 of RFC 6531
 * @param envelopeId ENVID of RFC 3461
 * @param dsnReturn RET of RFC 3461
 */
record MailCommand(
        ReversePath from,
        long size,
        Envelope.Body body,
        boolean smtpUtf8,
        Optional<String> envelopeId,
        Optional<Envelope.DsnReturn> dsnReturn) {

    private static final int LONGEST_ENVID = 100;

    /** @param offered the parameters that the server has announced */
    static MailCommand parse(String argument, Set<String> offered) throws Refusal {
        // The parameter stands behind the address that needs it.
        boolean utf8 = offered.contains("SMTPUTF8")
                && argument.toUpperCase(Locale.ROOT).contains(" SMTPUTF8");
        AddressParser parser = AddressParser.ofSender(argument, 0, utf8);
        if (!parser.skip("FROM:")) {
            throw Replies.syntax("Syntax: MAIL FROM:<address>");
        }
        // Not in the grammar, but widespread and harmless.
        parser.skip(" ");
        ReversePath from = parser.skip("<>") ? ReversePath.NULL : ReversePath.of(parser.path());

        Map<String, String> parameters = Parameters.parse(argument.substring(parser.position()));
        long size = -1;
        Envelope.Body body = Envelope.Body.SEVEN_BIT;
        boolean smtpUtf8 = false;
        Optional<String> envelopeId = Optional.empty();
        Optional<Envelope.DsnReturn> dsnReturn = Optional.empty();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String value = parameter.getValue();
            Parameters.requireOffered(parameter.getKey(), offered);
            switch (parameter.getKey()) {
                case "SIZE" -> size = size(value);
                case "BODY" -> body = body(value);
                case "SMTPUTF8" -> {
                    if (!value.isEmpty()) {
                        throw Replies.syntax("SMTPUTF8 has no value");
                    }
                    smtpUtf8 = true;
                }
                case "ENVID" -> envelopeId = Optional.of(envelopeId(value));
                // RFC 4954 5: who wrote it, as somebody says whom we have no reason to believe.
                case "AUTH" -> requireMailbox(value);
                case "RET" -> dsnReturn = Optional.of(dsnReturn(value));
                default -> throw Parameters.unknown();
            }
        }
        if (utf8 && !smtpUtf8) {
            throw Parameters.unknown();
        }
        return new MailCommand(from, size, body, smtpUtf8, envelopeId, dsnReturn);
    }

    private static long size(String value) throws Refusal {
        // RFC 1870 3: up to 20 digits; what does not fit a long is too large for anybody.
        if (!value.matches("\\d{1,20}")) {
            throw Replies.syntax("Bad SIZE");
        }
        return value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value);
    }

    private static Envelope.Body body(String value) throws Refusal {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "7BIT" -> Envelope.Body.SEVEN_BIT;
            case "8BITMIME" -> Envelope.Body.EIGHT_BIT_MIME;
            case "BINARYMIME" -> throw Refusal.of("binarymime", 504, "5.5.4", "BINARYMIME is not supported");
            default -> throw Replies.syntax("Bad BODY");
        };
    }

    private static void requireMailbox(String value) throws Refusal {
        if (!value.equals("<>") && !Parameters.isXtext(value)) {
            throw Replies.syntax("Bad AUTH");
        }
    }

    private static String envelopeId(String value) throws Refusal {
        if (value.length() > LONGEST_ENVID || !Parameters.isXtext(value)) {
            throw Replies.syntax("Bad ENVID");
        }
        return value;
    }

    private static Envelope.DsnReturn dsnReturn(String value) throws Refusal {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "FULL" -> Envelope.DsnReturn.FULL;
            case "HDRS" -> Envelope.DsnReturn.HDRS;
            default -> throw Replies.syntax("Bad RET");
        };
    }
}
