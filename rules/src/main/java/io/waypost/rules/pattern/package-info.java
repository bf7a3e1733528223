/** Regular expressions that cannot be made slow: time grows with the text's length, whatever the text. JDK only. */
@NullMarked
package io.waypost.rules.pattern;

import org.jspecify.annotations.NullMarked;
