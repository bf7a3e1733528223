/** Start, stop, wiring and the command line. The only package that knows every other; nothing depends on it. */
@NullMarked
package io.waypost.server;

import org.jspecify.annotations.NullMarked;
