/** Which of the server's own addresses a mail goes out from. */
@NullMarked
package io.waypost.outbound.source;

import org.jspecify.annotations.NullMarked;
