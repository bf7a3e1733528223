/** Templates of mail, and the operations on them (contract 4.7). */
@NullMarked
package io.waypost.api.template;

import org.jspecify.annotations.NullMarked;
