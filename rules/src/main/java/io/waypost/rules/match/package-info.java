/** From an envelope and a header to a plan: the compiled index, conditions, refusals. Pure: no clock, no sockets, no Camel. */
@NullMarked
package io.waypost.rules.match;

import org.jspecify.annotations.NullMarked;
