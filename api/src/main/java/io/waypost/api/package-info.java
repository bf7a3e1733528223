/** The HTTP door: health, readiness, metrics. Decides nothing about mail. */
@NullMarked
package io.waypost.api;

import org.jspecify.annotations.NullMarked;
