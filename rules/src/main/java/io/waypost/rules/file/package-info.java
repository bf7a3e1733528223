/** Rule set files: read with every fault at once, watched, and taken as soon as they are saved. */
@NullMarked
package io.waypost.rules.file;

import org.jspecify.annotations.NullMarked;
