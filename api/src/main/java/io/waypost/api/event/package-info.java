/** What became of sent mail, told to whoever wants to know: topics, streams, event buses, the sender's mailbox, figures. */
@NullMarked
package io.waypost.api.event;

import org.jspecify.annotations.NullMarked;
