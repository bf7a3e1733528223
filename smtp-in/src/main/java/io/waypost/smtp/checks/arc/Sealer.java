package io.waypost.smtp.checks.arc;

/**
 * A server that handled the mail, and what it says to have found then.
 *
 * @param instance 1 for the first
 * @param domain {@code d=} of its seal, in lower case and A-labels
 * @param selector {@code s=} of its seal
 * @param claims its ARC-Authentication-Results behind the instance (RFC 8617 4.1.1), unfolded, every octet one character (ISO-8859-1):
 *     its word, and worth what the sealer is worth
 */
public record Sealer(int instance, String domain, String selector, String claims) {}
