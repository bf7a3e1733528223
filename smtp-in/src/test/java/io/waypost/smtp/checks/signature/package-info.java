/** Signers for tests, and the tests of what DKIM and ARC have in common. */
@org.jspecify.annotations.NullMarked
package io.waypost.smtp.checks.signature;
