/** How many mails go to one destination at once, and how fast: as many as it takes well. */
@NullMarked
package io.waypost.outbound.pace;

import org.jspecify.annotations.NullMarked;
