package io.waypost.outbound.sending;

import io.waypost.message.Scope;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SendRequest;
import java.util.Collection;
import java.util.Locale;

/** Why something is not sent, in SES' words (contract 4.4, 4.8). */
final class Refusals {

    private Refusals() {}

    static SendRefusedException message(String what) {
        return new SendRefusedException(Reason.MESSAGE_REJECTED, what);
    }

    static SendRefusedException parameter(String what) {
        return new SendRefusedException(Reason.INVALID_PARAMETER, what);
    }

    static SendRefusedException address(String address) {
        return parameter("Invalid email address<" + shown(address) + ">.");
    }

    static SendRefusedException notVerified(Scope scope, Collection<String> identities) {
        return new SendRefusedException(
                Reason.NOT_VERIFIED,
                "Email address is not verified. The following identities failed the check in region "
                        + scope.region().toUpperCase(Locale.ROOT) + ": "
                        + String.join(
                                ", ", identities.stream().map(Refusals::shown).toList()));
    }

    static SendRefusedException notAuthorized(SendRequest request, String arn) {
        return new SendRefusedException(
                Reason.NOT_AUTHORIZED,
                "User `arn:aws:iam::" + request.scope().account() + ":user/" + request.accessKey()
                        + "' is not authorized to perform `ses:" + request.operation() + "' on resource `" + shown(arn)
                        + "'");
    }

    static SendRefusedException noSuchSet(String name) {
        return new SendRefusedException(
                Reason.CONFIGURATION_SET_UNKNOWN, "Configuration set <" + shown(name) + "> does not exist.");
    }

    /** What came from outside, in one printable line. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(320).forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return out.toString();
    }
}
