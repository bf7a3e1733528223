package io.waypost.api.identity.confirm;

import io.waypost.api.identity.IdentityName;
import io.waypost.message.MessageContent;
import io.waypost.message.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The mail that asks the owner of an address.
 *
 * @param hostname this server's own name
 * @param link where the owner answers
 * @param id names this mail among all others
 * @param date when it is written
 */
record ConfirmationMail(String hostname, IdentityName address, Scope scope, String link, String id, Instant date) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    /** The complete message; ASCII, and every part of it has been checked to be. */
    MessageContent compose() {
        String text = """
                From: "Address verification" <no-reply@%1$s>
                To: <%2$s>
                Subject: Please confirm that your address may be used to send mail
                Date: %3$s
                Message-ID: <%4$s@%1$s>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=us-ascii
                Content-Transfer-Encoding: 7bit

                This is the mail server %1$s.

                Account %5$s (%6$s) would like to send mail from your address

                    %2$s

                If you want that, open this page within 24 hours and confirm it there:

                %7$s

                If you know nothing about it, do nothing: without your answer the address
                is not used, and you will not be asked again unless the account asks anew.
                """.formatted(hostname, address, DATE.format(date), id, scope.account(), scope.region(), link);
        return MessageContent.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
