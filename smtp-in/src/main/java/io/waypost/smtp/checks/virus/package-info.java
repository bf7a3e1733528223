/** Asks clamd whether a mail holds a virus. */
@NullMarked
package io.waypost.smtp.checks.virus;

import org.jspecify.annotations.NullMarked;
