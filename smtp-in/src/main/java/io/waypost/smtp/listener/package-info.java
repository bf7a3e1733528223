/** Listening sockets, connection limits, deadlines, start and stop. */
@NullMarked
package io.waypost.smtp.listener;

import org.jspecify.annotations.NullMarked;
