package io.waypost.outbound.smtp;

import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;

/**
 * One mail for one recipient, to be handed to one host.
 *
 * @param envelope the envelope the mail was submitted with: BODY, SMTPUTF8, ENVID and RET are passed on
 * @param from the reverse-path to say
 * @param recipient whom it is for; NOTIFY and ORCPT are passed on
 * @param content the bytes, lines ended by CRLF
 */
public record Delivery(Envelope envelope, ReversePath from, Recipient recipient, MessageContent content) {}
