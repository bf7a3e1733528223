/** Where configured hosts are: the one way from a host's name to addresses to connect to. */
@NullMarked
package io.waypost.message.host;

import org.jspecify.annotations.NullMarked;
