/**
 * The {@code s3} action: a mail becomes an object, in an S3-compatible store or, where none is configured, under the same key in
 * a folder. The only package that knows the MinIO client.
 */
@NullMarked
package io.waypost.actions.s3;

import org.jspecify.annotations.NullMarked;
