package io.waypost.api.aws.model;

/**
 * The least and the most of a length, a size or a number, both inclusive.
 *
 * @param least {@link Long#MIN_VALUE} when the model has none
 * @param most {@link Long#MAX_VALUE} when the model has none
 */
public record Limits(long least, long most) {

    /** The model says nothing. */
    public static final Limits NONE = new Limits(Long.MIN_VALUE, Long.MAX_VALUE);
}
