/**
 * Whether a client may send for a domain (RFC 7208). {@link io.waypost.smtp.checks.spf.SpfCheck} is the door; below it a record is
 * parsed as a whole before any of it is evaluated, and everything that asks DNS goes through one place that counts. The zone and
 * the sender are both taken for hostile.
 */
@NullMarked
package io.waypost.smtp.checks.spf;

import org.jspecify.annotations.NullMarked;
