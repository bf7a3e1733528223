/** Topics and subscriptions as state, and the operations of Amazon SNS on them. Delivery is not here. */
@NullMarked
package io.waypost.api.sns;

import org.jspecify.annotations.NullMarked;
