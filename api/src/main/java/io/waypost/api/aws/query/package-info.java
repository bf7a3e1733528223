/** The Query protocol of SES' first API and of SNS: forms in, XML out. */
@NullMarked
package io.waypost.api.aws.query;

import org.jspecify.annotations.NullMarked;
