/** The HTTP door: health, readiness, metrics, and the way of requests to the APIs. Decides nothing about mail. */
@NullMarked
package io.waypost.api;

import org.jspecify.annotations.NullMarked;
