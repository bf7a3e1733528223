/** What accounts are set up to send, and what they have sent. */
@NullMarked
package io.waypost.api.sending.account;

import org.jspecify.annotations.NullMarked;
