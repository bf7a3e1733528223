/** What others say about mail that was sent: what a refusal means, and what notices, complaints and auto-replies report. */
@NullMarked
package io.waypost.outbound.feedback;

import org.jspecify.annotations.NullMarked;
