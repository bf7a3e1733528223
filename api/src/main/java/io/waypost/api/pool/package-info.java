/** Pools of source addresses. */
@NullMarked
package io.waypost.api.pool;

import org.jspecify.annotations.NullMarked;
