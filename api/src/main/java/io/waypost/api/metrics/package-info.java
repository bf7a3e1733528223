/** Every meter of Waypost, its name and what moves it. docs/metrics.md lists them. */
@NullMarked
package io.waypost.api.metrics;

import org.jspecify.annotations.NullMarked;
