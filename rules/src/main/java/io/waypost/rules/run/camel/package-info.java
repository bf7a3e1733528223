/** The Camel routes: one a rule set version, one an action family. The only package of this module that knows Camel. */
@NullMarked
package io.waypost.rules.run.camel;

import org.jspecify.annotations.NullMarked;
