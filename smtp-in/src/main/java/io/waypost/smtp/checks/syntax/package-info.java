/** What checks read in headers and DNS: structured text and domain names, strictly. */
@NullMarked
package io.waypost.smtp.checks.syntax;

import org.jspecify.annotations.NullMarked;
