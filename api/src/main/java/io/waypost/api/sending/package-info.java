/** Sending mail through the APIs of SES (contract 1.1, 4.7, 4.8): requests are read, messages composed, and handed to the sender. */
@NullMarked
package io.waypost.api.sending;

import org.jspecify.annotations.NullMarked;
