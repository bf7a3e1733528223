/** A small measurement of the session alone, for tuning it. */
@NullMarked
package io.waypost.smtp.bench;

import org.jspecify.annotations.NullMarked;
