package io.waypost.rules.match;

/** A test on a mail. */
public sealed interface Condition {

    /** Holds for every mail. */
    Condition ALWAYS = new Always();

    record Always() implements Condition {}
}
