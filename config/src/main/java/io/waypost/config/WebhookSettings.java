package io.waypost.config;

import java.net.URI;
import java.time.Duration;

/**
 * One webhook.
 *
 * @param url absolute, http or https, without credentials
 * @param secret signs each call (Standard Webhooks): {@code whsec_} and base64, or any text of 16 characters and more
 * @param timeout from the call to the end of the answer
 * @param concurrency calls on the way at one time
 * @param allowPrivate its address may be a private one
 */
public record WebhookSettings(URI url, Secret secret, Duration timeout, int concurrency, boolean allowPrivate) {}
