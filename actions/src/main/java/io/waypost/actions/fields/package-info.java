/** Values in rule files that several actions read in the same way. */
@NullMarked
package io.waypost.actions.fields;

import org.jspecify.annotations.NullMarked;
