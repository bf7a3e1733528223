/** One attempt: which hosts, in which order, from which address, under which protection, and what each of them said. */
@NullMarked
package io.waypost.outbound.transmit;

import org.jspecify.annotations.NullMarked;
