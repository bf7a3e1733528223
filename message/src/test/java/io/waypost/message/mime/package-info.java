@NullMarked
package io.waypost.message.mime;

import org.jspecify.annotations.NullMarked;
