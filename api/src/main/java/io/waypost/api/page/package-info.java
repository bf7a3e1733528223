/** Pages for people who followed a link in a mail. */
@NullMarked
package io.waypost.api.page;

import org.jspecify.annotations.NullMarked;
