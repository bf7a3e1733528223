/** Keeps secrets sealed where they rest: in the store there is nothing that opens without the master key's file. */
@NullMarked
package io.waypost.api.secret;

import org.jspecify.annotations.NullMarked;
