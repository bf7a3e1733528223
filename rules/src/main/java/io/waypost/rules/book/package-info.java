/** The rule set in force: asked by sessions, changed by a saved file, remembered for mail that was accepted under an older version. */
@NullMarked
package io.waypost.rules.book;

import org.jspecify.annotations.NullMarked;
