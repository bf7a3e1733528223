/**
 * The addresses and domains that an account may send from and receives for: what is set up about them, kept in the store and found
 * in memory. Knows no wire format; {@code check} asks DNS, {@code confirm} asks the owner of an address, {@code v1} and {@code v2}
 * are the operations.
 */
@NullMarked
package io.waypost.api.identity;

import org.jspecify.annotations.NullMarked;
