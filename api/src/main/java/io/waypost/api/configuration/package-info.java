/** Configuration sets and their event destinations, as both APIs of SES have them. */
@NullMarked
package io.waypost.api.configuration;

import org.jspecify.annotations.NullMarked;
