/** The server's certificate and key: from PEM files that may change while it runs, or made by itself. */
@NullMarked
package io.waypost.smtp.tls;

import org.jspecify.annotations.NullMarked;
