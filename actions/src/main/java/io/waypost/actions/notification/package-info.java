/** Topics: the {@code notify} action, which publishes Amazon SES' {@code Received} notification, and the delivery to subscribers. */
@NullMarked
package io.waypost.actions.notification;

import org.jspecify.annotations.NullMarked;
