/** The one component that asks name servers: dnsjava below, answers kept as long as they say. */
@NullMarked
package io.waypost.smtp.checks.dns;

import org.jspecify.annotations.NullMarked;
