/** Who takes mail for a domain: MX records, addresses, and which of the hosts is this server itself. Pure look-ups, no connections. */
@NullMarked
package io.waypost.outbound.exchange;

import org.jspecify.annotations.NullMarked;
