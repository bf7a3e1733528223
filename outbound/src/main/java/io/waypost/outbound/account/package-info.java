/** What accounts have sent: counted, limited, and kept over a restart. */
@NullMarked
package io.waypost.outbound.account;

import org.jspecify.annotations.NullMarked;
