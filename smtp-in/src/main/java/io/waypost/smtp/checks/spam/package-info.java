/** Asks Rspamd whether a mail is spam. */
@NullMarked
package io.waypost.smtp.checks.spam;

import org.jspecify.annotations.NullMarked;
