package io.waypost.outbound.port;

/** Why an address gets no mail. */
public enum Suppressed {
    BOUNCE,
    COMPLAINT
}
