/** The {@code addHeader} action: a header field on top of what later actions see. Pure flow, nothing leaves the process. */
@NullMarked
package io.waypost.actions.header;

import org.jspecify.annotations.NullMarked;
