/**
 * What DKIM (RFC 6376) and ARC (RFC 8617) have in common: tag lists, canonicalization, hashing a body while it arrives, keys from
 * DNS, and the JDK's crypto. Nothing here knows a session; tag lists and canonicalization serve a signer as well.
 */
@NullMarked
package io.waypost.smtp.checks.signature;

import org.jspecify.annotations.NullMarked;
