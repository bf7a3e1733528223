/** The {@code bounce} action: a notice of failure to the sender, as SES' Bounce action. */
@NullMarked
package io.waypost.actions.bounce;

import org.jspecify.annotations.NullMarked;
