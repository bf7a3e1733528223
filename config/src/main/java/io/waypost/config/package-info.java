/** The server's file as typed settings, with every error at once. Knows no other module. */
@NullMarked
package io.waypost.config;

import org.jspecify.annotations.NullMarked;
