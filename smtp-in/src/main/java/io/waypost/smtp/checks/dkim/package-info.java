/** Verifies the DKIM signatures of a mail (RFC 6376, RFC 8301, RFC 8463). */
@NullMarked
package io.waypost.smtp.checks.dkim;

import org.jspecify.annotations.NullMarked;
