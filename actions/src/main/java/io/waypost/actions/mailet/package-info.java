/**
 * The {@code mailet} action: any Apache James mailet (mailet API 3.8.1) as an action. The only package that knows the mailet API and
 * javax.mail.
 */
@NullMarked
package io.waypost.actions.mailet;

import org.jspecify.annotations.NullMarked;
