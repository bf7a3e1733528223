/** Configuration sets in the API of 2010. */
@NullMarked
package io.waypost.api.configuration.v1;

import org.jspecify.annotations.NullMarked;
