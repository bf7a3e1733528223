/** What is in a mail that an application sent, as far as it must not be delivered for it. */
@NullMarked
package io.waypost.outbound.content;

import org.jspecify.annotations.NullMarked;
