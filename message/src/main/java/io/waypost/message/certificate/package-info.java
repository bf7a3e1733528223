/** Keys with certificates that a server makes for itself. */
@NullMarked
package io.waypost.message.certificate;

import org.jspecify.annotations.NullMarked;
