package io.waypost.smtp.session;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Recipient;
import io.waypost.message.Recipient.Notify;
import io.waypost.smtp.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the argument of RCPT (RFC 5321 4.1.1.3, RFC 3461 4.1 and 4.2). */
final class RcptCommand {

    private static final int LONGEST_ORCPT = 500;

    private RcptCommand() {}

    /**
     * @param utf8 whether MAIL had SMTPUTF8
     * @param postmasterDomain where {@code <postmaster>} without a domain belongs
     * @param offered the parameters that the server has announced
     */
    static Recipient parse(String argument, boolean utf8, Domain postmasterDomain, Set<String> offered) throws Refusal {
        AddressParser parser = AddressParser.ofRecipient(argument, 0, utf8);
        if (!parser.skip("TO:")) {
            throw Replies.syntax("Syntax: RCPT TO:<address>");
        }
        parser.skip(" ");
        // RFC 5321 4.5.1
        EmailAddress address =
                parser.skip("<postmaster>") ? new EmailAddress("postmaster", postmasterDomain) : parser.path();

        Set<Notify> noticeOn = Set.of();
        Optional<String> originalRecipient = Optional.empty();
        for (Map.Entry<String, String> parameter :
                Parameters.parse(argument.substring(parser.position())).entrySet()) {
            String value = parameter.getValue();
            Parameters.requireOffered(parameter.getKey(), offered);
            switch (parameter.getKey()) {
                case "NOTIFY" -> noticeOn = noticeOn(value);
                case "ORCPT" -> originalRecipient = Optional.of(originalRecipient(value, utf8));
                default -> throw Parameters.unknown();
            }
        }
        return new Recipient(address, noticeOn, originalRecipient);
    }

    private static Set<Notify> noticeOn(String value) throws Refusal {
        Set<Notify> noticeOn = EnumSet.noneOf(Notify.class);
        for (String word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
            Notify notify =
                    switch (word) {
                        case "NEVER" -> Notify.NEVER;
                        case "SUCCESS" -> Notify.SUCCESS;
                        case "FAILURE" -> Notify.FAILURE;
                        case "DELAY" -> Notify.DELAY;
                        default -> throw Replies.syntax("Bad NOTIFY");
                    };
            if (!noticeOn.add(notify)) {
                throw Replies.syntax("Bad NOTIFY");
            }
        }
        if (noticeOn.contains(Notify.NEVER) && noticeOn.size() > 1) {
            throw Replies.syntax("NOTIFY=NEVER stands alone");
        }
        return noticeOn;
    }

    private static String originalRecipient(String value, boolean utf8) throws Refusal {
        int semicolon = value.indexOf(';');
        String address = value.substring(semicolon + 1);
        boolean plain =
                semicolon > 0 && value.substring(0, semicolon).matches("[A-Za-z0-9-]+") && Parameters.isXtext(address);
        // RFC 6533 3: the utf-8 address type may come unencoded under SMTPUTF8.
        boolean international = utf8 && value.regionMatches(true, 0, "utf-8;", 0, 6) && !address.isEmpty();
        boolean good = value.length() <= LONGEST_ORCPT && (plain || international);
        if (!good) {
            throw Replies.syntax("Bad ORCPT");
        }
        return value;
    }
}
