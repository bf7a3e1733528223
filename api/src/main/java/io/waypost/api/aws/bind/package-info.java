/** From values of a model to the records that operations are written against, and back. */
@NullMarked
package io.waypost.api.aws.bind;

import org.jspecify.annotations.NullMarked;
