package io.waypost.api.identity;

import java.util.List;

/** Looks into DNS for somebody who waits. */
@FunctionalInterface
public interface Refresh {

    /** Nobody looks. */
    Refresh NEVER = _ -> {};

    /** Brings those that wait for a proof up to date, unless that has just been tried; returns after two seconds at the latest. */
    void now(List<Identity> identities);
}
