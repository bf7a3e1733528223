/** Asks the owners of addresses by mail whether they may be used, and takes their answers over HTTP. */
@NullMarked
package io.waypost.api.identity.confirm;

import org.jspecify.annotations.NullMarked;
