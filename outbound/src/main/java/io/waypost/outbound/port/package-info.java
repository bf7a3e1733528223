/** What the outbound line asks of others: who may send, under which settings, and to whom not. */
@NullMarked
package io.waypost.outbound.port;

import org.jspecify.annotations.NullMarked;
