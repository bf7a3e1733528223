/** Mail that comes back to the signed return paths: notices of failure, complaints, auto-replies. */
@NullMarked
package io.waypost.outbound.returned;

import org.jspecify.annotations.NullMarked;
