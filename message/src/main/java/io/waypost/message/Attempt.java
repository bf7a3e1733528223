package io.waypost.message;

import java.time.Duration;
import java.time.Instant;

/**
 * One try at one effect, as the ledger remembers it.
 *
 * @param effect which effect
 * @param number counts from 1; goes on counting after a replay
 * @param destination where it went, {@code kind:name}
 * @param at when it began
 * @param took how long it lasted
 * @param outcome what came of it
 */
public record Attempt(EffectKey effect, int number, String destination, Instant at, Duration took, Outcome outcome) {}
