/** Reading a message's header and parts, with Apache James Mime4j. The only package that knows Mime4j. */
@NullMarked
package io.waypost.message.mime;

import org.jspecify.annotations.NullMarked;
