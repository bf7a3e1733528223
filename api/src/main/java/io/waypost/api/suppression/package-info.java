/** The suppression list: addresses that get no mail of an account. */
@NullMarked
package io.waypost.api.suppression;

import org.jspecify.annotations.NullMarked;
