/**
 * What must survive a crash, in its embedded form: rows in SQLite, content in segment files. {@link
 * io.waypost.store.EmbeddedStore} is the way in; docs/store.md tells the formats and what start-up does.
 */
@NullMarked
package io.waypost.store;

import org.jspecify.annotations.NullMarked;
