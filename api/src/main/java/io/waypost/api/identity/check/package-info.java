/** Looks in DNS for the records that prove identities, again and again. */
@NullMarked
package io.waypost.api.identity.check;

import org.jspecify.annotations.NullMarked;
