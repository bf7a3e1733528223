/** The {@code stop} action: the rest of a rule, or of the rule set, is skipped. Pure flow, known when the plan is made. */
@NullMarked
package io.waypost.actions.stop;

import org.jspecify.annotations.NullMarked;
