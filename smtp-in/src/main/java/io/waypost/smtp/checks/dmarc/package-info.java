/** DMARC (RFC 9989): whether the author's domain is authenticated, and what its owner asks for where it is not. */
@NullMarked
package io.waypost.smtp.checks.dmarc;

import org.jspecify.annotations.NullMarked;
