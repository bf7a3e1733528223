/** Validates the chain of servers that handled a mail before (ARC, RFC 8617). */
@NullMarked
package io.waypost.smtp.checks.arc;

import org.jspecify.annotations.NullMarked;
