/** How much of TLS a peer must show: DANE, MTA-STS, or what it offers; and the proof of it. */
@NullMarked
package io.waypost.outbound.tls;

import org.jspecify.annotations.NullMarked;
