package io.waypost.smtp.session;

import io.waypost.message.Reply;
import io.waypost.smtp.Refusal;

/** The replies that are always the same, and refusals that several places need (codes: RFC 5321 4.2, RFC 3463, RFC 5248). */
final class Replies {

    static final Reply OK = Reply.of(250, "2.0.0", "Ok");
    static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Sender ok");
    static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");
    static final Reply VRFY = Reply.of(252, "2.1.5", "Cannot verify, but will take mail and try");
    static final Reply HELP =
            Reply.of(214, "2.0.0", "Commands: HELO EHLO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS");
    static final Reply READY_FOR_TLS = Reply.of(220, "2.0.0", "Ready to start TLS");
    static final Reply BYE = Reply.of(221, "2.0.0", "Bye");

    private Replies() {}

    static Refusal syntax(String text) {
        return Refusal.of("syntax", 501, "5.5.4", text);
    }

    static Refusal badSequence(String text) {
        return Refusal.of("bad-sequence", 503, "5.5.1", text);
    }

    static Refusal unknownCommand() {
        return Refusal.of("unknown-command", 500, "5.5.1", "Unknown command");
    }

    static Refusal http() {
        return Refusal.of("http", 554, "5.5.1", "This is a mail server").closing();
    }

    static Refusal tooManyErrors() {
        return Refusal.of("too-many-errors", 421, "4.7.0", "Too many errors").closing();
    }

    static Refusal tooManyCommands() {
        return Refusal.of("too-many-commands", 421, "4.7.0", "Too many commands without a mail")
                .closing();
    }

    static Refusal outOfStep(String reason, String text) {
        return Refusal.of(reason, 554, "5.5.0", text).closing();
    }

    static Refusal messageTooLarge() {
        return Refusal.of("message-too-large", 552, "5.3.4", "Message too large");
    }

    static Refusal timeout() {
        return Refusal.of("timeout", 421, "4.4.2", "Timeout").closing();
    }

    static Refusal stopping() {
        return Refusal.of("stopping", 421, "4.3.2", "Service is stopping, try again later")
                .closing();
    }

    static Refusal broken() {
        return Refusal.of("internal-error", 421, "4.3.0", "Internal error, try again later")
                .closing();
    }
}
