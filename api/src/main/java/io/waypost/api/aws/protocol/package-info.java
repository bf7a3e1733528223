/** What the protocols of the AWS APIs have in common: what can be wrong with a request, text on the wire, and checks against a model. */
@NullMarked
package io.waypost.api.aws.protocol;

import org.jspecify.annotations.NullMarked;
