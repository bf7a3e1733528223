@NullMarked
package io.waypost.actions.webhook;

import org.jspecify.annotations.NullMarked;
