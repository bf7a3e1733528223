/**
 * The nouns every module shares: addresses, envelope, message, plan, effect, outcome. Immutable values, JDK only.
 *
 * <p>Before a class comes here: it must be used by two modules that may not know each other.
 */
@NullMarked
package io.waypost.message;

import org.jspecify.annotations.NullMarked;
