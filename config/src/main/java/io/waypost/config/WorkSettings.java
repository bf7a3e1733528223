package io.waypost.config;

/**
 * Bounds of the work in hand; the spool itself is bounded only by the disk.
 *
 * @param inHand matched rules that are carried out at one time, over all destinations
 */
public record WorkSettings(int inHand) {}
