/** Who a mail says it is from: the domain of the From field, or why it cannot be told. */
@NullMarked
package io.waypost.smtp.checks.author;

import org.jspecify.annotations.NullMarked;
