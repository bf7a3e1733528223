/** The {@code stop} action: the rest of a rule, or of the rule set, is skipped. Flow, known when the plan is made; a topic may be told. */
@NullMarked
package io.waypost.actions.stop;

import org.jspecify.annotations.NullMarked;
