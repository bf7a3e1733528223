/**
 * From submission to delivery: mail that Waypost sends is accepted by the same store and routed by the same core as mail it
 * receives, one run a recipient.
 */
@NullMarked
package io.waypost.outbound;

import org.jspecify.annotations.NullMarked;
