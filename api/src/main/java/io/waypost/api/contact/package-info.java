/** Contact lists: who wants mail about what. */
@NullMarked
package io.waypost.api.contact;

import org.jspecify.annotations.NullMarked;
