/** What a rule set is, and the ports through which actions take part. Matching is in {@code match}, carrying out in {@code run}. */
@NullMarked
package io.waypost.rules;

import org.jspecify.annotations.NullMarked;
