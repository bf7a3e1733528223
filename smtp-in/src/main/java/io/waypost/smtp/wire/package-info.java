/** Octets on the wire: strict lines, dot-unstuffing, chunks, gathered replies. Knows no SMTP command. */
@NullMarked
package io.waypost.smtp.wire;

import org.jspecify.annotations.NullMarked;
