/** What proves afterwards that this server received a mail, written on top of it. */
@NullMarked
package io.waypost.smtp.checks.receipt;

import org.jspecify.annotations.NullMarked;
