package io.waypost.config;

import io.waypost.config.text.DataSize;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The log of mails: one JSON line for each state change of a mail.
 *
 * @param file where it is written
 * @param rotateSize a file that would grow beyond it is put aside
 * @param rotateAge a file older than this is put aside
 * @param keep how many files put aside are kept
 */
public record MailLogSettings(Path file, DataSize rotateSize, Duration rotateAge, int keep) {}
