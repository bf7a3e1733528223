/** The words of the AWS APIs: who asks, what is asked, what can go wrong. Knows no wire format and no single operation. */
@NullMarked
package io.waypost.api.aws;

import org.jspecify.annotations.NullMarked;
