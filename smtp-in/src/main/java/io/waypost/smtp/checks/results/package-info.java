/** The Authentication-Results field (RFC 8601): ours is written, forged ones are found. */
@NullMarked
package io.waypost.smtp.checks.results;

import org.jspecify.annotations.NullMarked;
