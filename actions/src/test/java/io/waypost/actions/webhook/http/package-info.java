@NullMarked
package io.waypost.actions.webhook.http;

import org.jspecify.annotations.NullMarked;
