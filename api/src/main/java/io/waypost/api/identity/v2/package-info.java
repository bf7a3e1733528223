/** The operations on identities and on tags of SES' API of 2019 (SES contract 1.1). */
@NullMarked
package io.waypost.api.identity.v2;

import org.jspecify.annotations.NullMarked;
