/** What tracked links and the picture of a tracked mail lead to, and the events that they tell. */
@NullMarked
package io.waypost.api.tracking;

import org.jspecify.annotations.NullMarked;
