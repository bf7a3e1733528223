/** The operations on identities of SES' API of 2010 (SES contract 1.1). */
@NullMarked
package io.waypost.api.identity.v1;

import org.jspecify.annotations.NullMarked;
