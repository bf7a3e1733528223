package io.waypost.smtp.session;

import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.smtp.Refusal;
import io.waypost.smtp.checks.Examiner.Examination;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What a listener's purpose decides about a session: whom it lets speak, what it announces, and what becomes of a mail. One for each
 * session, used by its thread. Everything else is the same for all listeners: framing, limits, order of commands.
 */
interface Agent {

    /** Turns a client away in place of the greeting. Never waits. */
    void greeting() throws Refusal;

    /** What EHLO announces, in order. */
    List<String> extensions();

    /** The commands, in the words of HELP. */
    Reply help();

    /** The parameters of MAIL and RCPT that belong to what is announced, in upper case. */
    Set<String> parameters();

    /** AUTH, with its argument. */
    void authenticate(String argument, LineReader lines) throws IOException, WireFault, Refusal;

    /** Whether this client may begin a mail at all; asked before the argument of MAIL is read. */
    void begin() throws Refusal;

    /** Judges the sender. */
    void sender(MailCommand mail) throws Refusal;

    /** Judges a recipient; may block. */
    void recipient(MailTransaction current, Recipient recipient) throws Refusal;

    /** Begins to look at a mail whose content comes now; closed by the caller. */
    Examination examine(MailTransaction current);

    /**
     * Takes a mail that has arrived whole.
     *
     * @return the 250: the mail is durable then
     */
    Reply accept(MailTransaction current) throws Refusal;

    /** A refusal as the clients of this listener know it. */
    Refusal worded(Refusal refusal);

    /** A reply as it is written. */
    void write(Reply reply) throws IOException;
}
