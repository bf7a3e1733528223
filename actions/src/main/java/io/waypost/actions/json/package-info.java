/** The parsed mail as JSON, the same for every family that sends it. */
@NullMarked
package io.waypost.actions.json;

import org.jspecify.annotations.NullMarked;
