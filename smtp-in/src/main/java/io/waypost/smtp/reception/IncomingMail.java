package io.waypost.smtp.reception;

import io.waypost.message.port.Draft;
import io.waypost.smtp.checks.Examiner.Examination;

/**
 * A mail that has arrived whole and is not accepted yet.
 *
 * @param draft header and body as they are to be stored
 * @param examination has seen all of it
 */
public record IncomingMail(Draft draft, Examination examination) {}
