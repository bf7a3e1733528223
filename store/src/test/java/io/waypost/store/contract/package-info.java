/** What every engine of the store must do, whatever it keeps its rows and bytes in: one interface of tests a port. */
@NullMarked
package io.waypost.store.contract;

import org.jspecify.annotations.NullMarked;
