package io.waypost.config;

/**
 * What stands for a delivery stream or an event bus of AWS.
 *
 * @param arn its name, as event destinations have it
 * @param endpoint gets each event as JSON, one at a time
 */
public record EventTargetSettings(String arn, SubscriberSettings endpoint) {}
