/** Mail that applications send as Amazon SES sends it: the wish, what is remembered of it, and what became of it. */
@NullMarked
package io.waypost.message.sending;

import org.jspecify.annotations.NullMarked;
