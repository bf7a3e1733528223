/** The log of mails: one JSON line for each state change, apart from the program's own log. docs/mail-log.md lists the fields. */
@NullMarked
package io.waypost.api.journal;

import org.jspecify.annotations.NullMarked;
