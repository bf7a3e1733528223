package io.waypost.message;

/** Which line an accepted thing travels: mail received for our domains, mail submitted to be sent, or a topic's publication. */
public enum Line {
    INBOUND,
    OUTBOUND,
    /** Published to a topic: no mail and no recipients; each subscription is a run. */
    TOPIC
}
