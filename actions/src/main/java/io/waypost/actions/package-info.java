/** What a rule can do, one package an action family. Here stands only what one family needs of another. */
@NullMarked
package io.waypost.actions;

import org.jspecify.annotations.NullMarked;
