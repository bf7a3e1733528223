/** Who signed a request: AWS Signature Version 4, and the keys it is checked with. Knows no operation. */
@NullMarked
package io.waypost.api.aws.sign;

import org.jspecify.annotations.NullMarked;
