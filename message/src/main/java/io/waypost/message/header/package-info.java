/** A first look at a message's header without a MIME parser: field names, loops, trace fields. JDK only. */
@NullMarked
package io.waypost.message.header;

import org.jspecify.annotations.NullMarked;
