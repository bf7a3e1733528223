package io.waypost.api.event;

import io.waypost.api.identity.Feedback;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityArn;
import io.waypost.api.identity.IdentityBook;
import io.waypost.message.EmailAddress;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailHeader;
import io.waypost.message.sending.Sending;
import java.util.List;
import java.util.Optional;

/** Who hears of mail that was sent under an identity. In memory: answers at once. */
@FunctionalInterface
public interface SendingFeedback {

    /** By mail, where the identity is gone. */
    Feedback of(Sending sending);

    /** Of the identity that the mail names, or else of the most specific one that covers its sender. */
    static SendingFeedback of(IdentityBook book) {
        return sending -> named(sending)
                .flatMap(arn -> book.find(arn.scope(), arn.name()))
                .or(() -> covering(book, sending))
                .map(Identity::feedback)
                .orElse(Feedback.BY_MAIL);
    }

    // Of another account where that one lent it: its owner hears of it, too.
    private static Optional<IdentityArn> named(Sending sending) {
        return sending.sourceArn().flatMap(IdentityArn::parse);
    }

    private static Optional<Identity> covering(IdentityBook book, Sending sending) {
        return new MailHeader(List.of(new HeaderField("From", sending.source())))
                .addresses("From").stream()
                        .flatMap(address -> Optional.ofNullable(address.address()).stream())
                        .filter(text -> text.indexOf('@') > 0 && !text.endsWith("@"))
                        .flatMap(text -> book.covering(sending.scope(), EmailAddress.of(text)).stream())
                        .filter(Identity::isVerified)
                        .findFirst();
    }
}
