/** The {@code reject} action: turns a mail away in the session, or with a notice where the session is over. */
@NullMarked
package io.waypost.actions.reject;

import org.jspecify.annotations.NullMarked;
