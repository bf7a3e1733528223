/**
 * An SMTP client (RFC 5321) for peers that nobody vouches for: blocking sockets, every answer limited in size and in time, and
 * for each way a conversation can end one result. Knows nothing of runs and rules.
 */
@NullMarked
package io.waypost.outbound.smtp;

import org.jspecify.annotations.NullMarked;
