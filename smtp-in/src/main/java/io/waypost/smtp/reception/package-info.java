/** From the end of the data to the 250: header limits, decision, trace fields, durable commit. */
@NullMarked
package io.waypost.smtp.reception;

import org.jspecify.annotations.NullMarked;
