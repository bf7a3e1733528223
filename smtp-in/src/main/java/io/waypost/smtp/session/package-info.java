/** One SMTP conversation (RFC 5321 3): commands, replies, the mail transaction. */
@NullMarked
package io.waypost.smtp.session;

import org.jspecify.annotations.NullMarked;
