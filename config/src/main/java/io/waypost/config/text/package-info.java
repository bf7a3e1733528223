/**
 * A YAML text as a tree that knows where each value stands, and readers that collect every fault instead of stopping at the
 * first. The only package that knows the YAML parser; rule files are read with it too.
 */
@NullMarked
package io.waypost.config.text;

import org.jspecify.annotations.NullMarked;
