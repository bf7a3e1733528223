/** The embedded engine's tests: the contracts, and what its disk and its crashes can do to it. */
@NullMarked
package io.waypost.store;

import org.jspecify.annotations.NullMarked;
