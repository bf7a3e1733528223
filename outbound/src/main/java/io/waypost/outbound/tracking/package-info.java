/** Puts tracked links, the picture that tells of opening, and the link that ends a subscription into the texts of a mail. */
@NullMarked
package io.waypost.outbound.tracking;

import org.jspecify.annotations.NullMarked;
