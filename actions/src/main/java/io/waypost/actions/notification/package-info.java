/** The {@code notify} action: Amazon SES' {@code Received} notification to the subscribers of a topic. */
@NullMarked
package io.waypost.actions.notification;

import org.jspecify.annotations.NullMarked;
