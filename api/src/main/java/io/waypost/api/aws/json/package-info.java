/** Values as JSON, and the JSON protocol of Mail Manager. */
@NullMarked
package io.waypost.api.aws.json;

import org.jspecify.annotations.NullMarked;
