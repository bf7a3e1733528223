/** Tests of the chain, and a sealer for them. */
@org.jspecify.annotations.NullMarked
package io.waypost.smtp.checks.arc;
