package io.waypost.api.aws.bind;

/** Whether a record is read from requests or written to answers. */
public enum Side {
    /** What the model does not require may be absent: a component that cannot be null would be. */
    INPUT,
    /** A null is left out. */
    OUTPUT
}
