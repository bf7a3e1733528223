/** The {@code webhook} action: a mail as JSON or as it is, posted to an operator's endpoint. */
@NullMarked
package io.waypost.actions.webhook;

import org.jspecify.annotations.NullMarked;
