/** What client and server of an AWS API must agree on, as data: operations, shapes, limits, errors; and requests checked against it. */
@NullMarked
package io.waypost.api.aws.model;

import org.jspecify.annotations.NullMarked;
