package io.waypost.config;

import io.waypost.config.text.DataSize;

/**
 * How accepted content is kept.
 *
 * @param segmentSize of one preallocated segment file
 * @param fileThreshold mails above it get a file of their own
 * @param reserve free room below which no mail is accepted
 */
public record StoreSettings(DataSize segmentSize, DataSize fileThreshold, DataSize reserve) {}
