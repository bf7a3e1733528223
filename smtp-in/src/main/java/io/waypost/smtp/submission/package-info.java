/** Submission by SMTP (RFC 6409): who may log in, and where submitted mail goes. */
@NullMarked
package io.waypost.smtp.submission;

import org.jspecify.annotations.NullMarked;
