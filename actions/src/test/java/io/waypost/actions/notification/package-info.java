@NullMarked
package io.waypost.actions.notification;

import org.jspecify.annotations.NullMarked;
