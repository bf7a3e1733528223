/** Writes messages: addresses, texts and attachments that applications hand over become MIME (RFC 5322, RFC 2045 to 2047). JDK only. */
@NullMarked
package io.waypost.message.compose;

import org.jspecify.annotations.NullMarked;
