package io.waypost.outbound.port;

import io.waypost.message.Mail;
import io.waypost.message.ReversePath;

/** Which reverse-path is said to the receiving server. Safe for all threads; asked at every attempt, and pure. */
@FunctionalInterface
public interface ReturnPaths {

    /** The one the mail was submitted with. */
    ReturnPaths AS_SUBMITTED = (mail, run) -> mail.envelope().from();

    /**
     * For one recipient of a mail.
     *
     * @param run index of its run among those of the mail's plan
     */
    ReversePath of(Mail mail, int run);
}
