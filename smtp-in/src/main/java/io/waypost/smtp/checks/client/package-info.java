/** What a client's address alone says: the operator's filters, block lists, and its confirmed name. */
@NullMarked
package io.waypost.smtp.checks.client;

import org.jspecify.annotations.NullMarked;
