/** The {@code lambda} action: SES' LambdaAction, carried out by an HTTP endpoint or by any service with Lambda's API. */
@NullMarked
package io.waypost.actions.lambda;

import org.jspecify.annotations.NullMarked;
