package io.waypost.outbound;

import io.waypost.message.dsn.FailureNotices;
import io.waypost.outbound.port.DeliveryObserver;

/**
 * Who hears what became of mails.
 *
 * @param notices for the senders of mails that no application sent
 * @param observer for mails that an application sent
 */
public record DeliveryAudience(FailureNotices notices, DeliveryObserver observer) {}
