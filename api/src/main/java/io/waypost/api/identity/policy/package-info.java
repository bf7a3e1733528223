/** Sending authorization policies: what the owner of an identity allows others, and forbids (DG sending-authorization-policies). */
@NullMarked
package io.waypost.api.identity.policy;

import org.jspecify.annotations.NullMarked;
