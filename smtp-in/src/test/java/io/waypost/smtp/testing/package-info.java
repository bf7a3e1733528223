/** Fakes and a raw client for tests of the SMTP server; other modules may use them, too. */
@NullMarked
package io.waypost.smtp.testing;

import org.jspecify.annotations.NullMarked;
