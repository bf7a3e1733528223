/** The {@code forward} action: sends a received mail on to other addresses, through the submission port. */
@NullMarked
package io.waypost.actions.forward;

import org.jspecify.annotations.NullMarked;
