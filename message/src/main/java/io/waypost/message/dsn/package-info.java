/**
 * Delivery status notifications: telling the sender what became of his mail (RFC 3464, RFC 6522, RFC 6533). JDK only.
 *
 * <p>A notice is built from a hostile mail by definition: nothing of the original reaches a header of the notice uncleaned, and
 * the whole notice is 7-bit so that every peer takes it (only a sender whose own address needs UTF-8 is answered in UTF-8).
 */
@NullMarked
package io.waypost.message.dsn;

import org.jspecify.annotations.NullMarked;
