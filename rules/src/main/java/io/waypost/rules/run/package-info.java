/** From a plan to settled effects: claims, lanes by destination, retries. Camel is in the package {@code run.camel} only. */
@NullMarked
package io.waypost.rules.run;

import org.jspecify.annotations.NullMarked;
