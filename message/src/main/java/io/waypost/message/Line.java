package io.waypost.message;

/** Which of the two lines a mail travels: received for our domains, or submitted to be sent. */
public enum Line {
    INBOUND,
    OUTBOUND
}
