/** The {@code endpoint} action: a mail goes to a Camel endpoint that the operator named. Here Camel is known, and URIs of endpoints. */
@NullMarked
package io.waypost.actions.endpoint;

import org.jspecify.annotations.NullMarked;
