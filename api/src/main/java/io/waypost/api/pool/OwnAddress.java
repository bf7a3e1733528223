package io.waypost.api.pool;

import java.net.InetAddress;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A source address of the server's file.
 *
 * @param pool as the file has it
 * @param warmingSince the first day of its warm-up, where the file has one
 * @param warmUpDays how many days a warm-up of it takes
 */
public record OwnAddress(InetAddress address, String pool, Optional<LocalDate> warmingSince, int warmUpDays) {}
