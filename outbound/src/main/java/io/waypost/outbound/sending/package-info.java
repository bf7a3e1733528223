/** From an application's wish to send to a mail on the outbound line: who may, under which settings, with which header and signature. */
@NullMarked
package io.waypost.outbound.sending;

import org.jspecify.annotations.NullMarked;
