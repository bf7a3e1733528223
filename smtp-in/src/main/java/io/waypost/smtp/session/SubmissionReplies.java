package io.waypost.smtp.session;

import io.waypost.message.Reply;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.smtp.Refusal;
import java.util.Locale;

/** The replies of submission, in the words of Amazon SES' SMTP interface, since its clients look for them. */
final class SubmissionReplies {

    static final Reply AUTHENTICATED = Reply.of(235, "2.7.0", "Authentication successful.");
    static final Reply HELP = Reply.of(214, "2.0.0", Replies.HELP.text() + " AUTH");

    private SubmissionReplies() {}

    /** Without the enhanced status code, which is not announced here and which the clients do not expect. */
    static String line(Reply reply) {
        return reply.code() + " " + reply.text();
    }

    static Refusal tlsRequired() {
        return Refusal.of("tls-required", 530, "5.7.0", "Must issue a STARTTLS command first");
    }

    static Refusal loginRequired() {
        return Refusal.of("login-required", 530, "5.7.0", "Authentication required");
    }

    static Refusal wrongCredentials() {
        return Refusal.of("wrong-credentials", 535, "5.7.8", "Authentication Credentials Invalid");
    }

    static Refusal tooManyFailedLogins() {
        return Refusal.of(
                "too-many-failed-logins",
                454,
                "4.7.0",
                "Temporary authentication failure: too many failed attempts from your address");
    }

    static Refusal loginsUnavailable() {
        return Refusal.of("logins-unavailable", 454, "4.7.0", "Temporary authentication failure");
    }

    static Refusal noSender() {
        return Refusal.of("no-sender", 501, "5.1.7", "Invalid MAIL FROM address provided");
    }

    /** Why the sender did not take a mail. */
    static Refusal notSent(SendRefusedException refused) {
        String words = printable(String.valueOf(refused.getMessage()));
        Reply reply =
                switch (refused.reason()) {
                    case RATE_EXCEEDED -> Reply.of(454, "4.7.0", "Throttling failure: Maximum sending rate exceeded.");
                    case DAILY_QUOTA_EXCEEDED ->
                        Reply.of(454, "4.7.0", "Throttling failure: Daily message quota exceeded.");
                    case TOO_LARGE -> tooLong();
                    case INVALID_PARAMETER -> Reply.of(554, "5.5.4", "Transaction failed: " + words);
                    case NOT_AUTHORIZED -> Reply.of(554, "5.7.1", "Access denied: " + words);
                    case NOT_VERIFIED,
                            CONFIGURATION_SET_UNKNOWN,
                            CONFIGURATION_SET_PAUSED,
                            ACCOUNT_PAUSED,
                            MAIL_FROM_NOT_VERIFIED,
                            CONTACT_LIST_UNKNOWN -> Reply.of(554, "5.7.1", "Message rejected: " + words);
                    case MESSAGE_REJECTED -> Reply.of(554, "5.6.0", "Message rejected: " + words);
                };
        return Refusal.of(refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'), reply);
    }

    /** Refusals of the session in SES' words, where it has some. */
    static Refusal worded(Refusal refusal) {
        return switch (refusal.reason()) {
            case "timeout" -> refusal.saying(Reply.of(451, "4.4.2", "Timeout waiting for data from client."));
            case "too-many-connections", "too-many-connections-from-address" ->
                refusal.saying(Reply.of(421, "4.7.0", "Too many concurrent SMTP connections"));
            case "message-too-large" -> refusal.saying(tooLong());
            case "bad-sender-syntax", "bad-recipient-syntax", "needs-smtputf8" ->
                refusal.saying(Reply.of(553, "5.1.3", refusal.reply().text() + ": Invalid email address"));
            case "internal-error", "store-full", "store-unavailable", "out-of-memory" ->
                refusal.saying(
                        refusal.isClosing()
                                ? Reply.of(421, "4.3.0", "Temporary service failure")
                                : Reply.of(451, "4.3.0", "Temporary service failure"));
            default -> refusal;
        };
    }

    private static Reply tooLong() {
        return Reply.of(552, "5.3.4", "Message is too long.");
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
