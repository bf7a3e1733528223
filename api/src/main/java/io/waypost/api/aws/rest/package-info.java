/** The REST protocol of SES' second API: routes, labels, queries and JSON bodies. */
@NullMarked
package io.waypost.api.aws.rest;

import org.jspecify.annotations.NullMarked;
