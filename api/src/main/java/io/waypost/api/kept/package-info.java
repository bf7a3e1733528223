/** Small things of the APIs of which there are few enough for memory: look-ups never wait, changes are durable first. */
@NullMarked
package io.waypost.api.kept;

import org.jspecify.annotations.NullMarked;
