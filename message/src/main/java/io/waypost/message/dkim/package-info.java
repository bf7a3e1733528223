/** DKIM as far as its verifier and its signer have it in common (RFC 6376 3.4), and the signer. */
@NullMarked
package io.waypost.message.dkim;

import org.jspecify.annotations.NullMarked;
