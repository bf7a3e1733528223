package io.waypost.smtp.checks;

import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.smtp.checks.client.ClientCheck;

/**
 * Looks at mails while they arrive and says what it found. One for the server, asked by all sessions at once.
 */
public interface Examiner {

    /**
     * Begins with a mail whose envelope is complete and whose content comes now. Returns at once; what needs only the envelope runs in
     * the background from here on.
     *
     * @param client what is found out about the session's client
     */
    Examination begin(Envelope envelope, ClientCheck client);

    /**
     * The examination of one mail. Called by the session's thread, in this order: {@link #header} once, {@link #body} as often as octets
     * come, {@link #finish} once, {@link #close} always, also when the mail never became complete. Nothing here throws because of what
     * the mail holds.
     */
    interface Examination extends AutoCloseable {

        /**
         * The header is there.
         *
         * @param octets its fields with their line ends, without the empty line behind them
         * @return what is to be stored in its place: fields that only we may write are left out
         */
        byte[] header(byte[] octets);

        /** Octets of the body as they come, behind the empty line; may be none. The array is the caller's again afterwards. */
        void body(byte[] octets, int offset, int length);

        /**
         * All has come. Waits for all checks, at most until their common deadline.
         *
         * @param id the mail's name to be
         * @param content header and body as they are to be stored, without trace fields; read for the scanners only
         * @param scan whether a rule wants the mail scanned for spam and viruses
         */
        Findings finish(MessageId id, MessageContent content, boolean scan);

        /** Ends what still runs. */
        @Override
        void close();
    }

    /** Examines nothing. */
    Examiner NONE = (envelope, client) -> new Examination() {
        @Override
        public byte[] header(byte[] octets) {
            return octets;
        }

        @Override
        public void body(byte[] octets, int offset, int length) {}

        @Override
        public Findings finish(MessageId id, MessageContent content, boolean scan) {
            return Findings.NONE;
        }

        @Override
        public void close() {}
    };
}
