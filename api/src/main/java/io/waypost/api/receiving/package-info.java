/** SES' receiving API: receipt rule sets, rules and filters, and bounces of received mail. They are rule files in another dress. */
@NullMarked
package io.waypost.api.receiving;

import org.jspecify.annotations.NullMarked;
