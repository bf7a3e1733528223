package io.waypost.config;

import java.time.Duration;

/**
 * When a failed effect is tried again: after {@code first}, then {@code factor} times later each time, at most {@code max}.
 *
 * @param first pause after the first failure
 * @param factor at least 1
 * @param max longest pause
 * @param giveUpAfter age at which an effect is dead
 */
public record RetrySettings(Duration first, double factor, Duration max, Duration giveUpAfter) {}
