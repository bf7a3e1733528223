/** Calls to an operator's HTTP endpoints: whom they may reach, how long they may take, how they are signed and understood. */
@NullMarked
package io.waypost.actions.webhook.http;

import org.jspecify.annotations.NullMarked;
