/** Configuration sets in the API of 2019. */
@NullMarked
package io.waypost.api.configuration.v2;

import org.jspecify.annotations.NullMarked;
