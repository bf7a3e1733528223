package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import io.waypost.smtp.wire.Connection;
import io.waypost.smtp.wire.Pace;
import java.time.Duration;

/**
 * How long the content of one mail may take: all of it the data timeout, and in between at least 1 KB in each three minutes
 * (the data block timeout of RFC 5321 4.5.3.2.5), so that nobody holds a session with single octets.
 */
final class DataPace implements Pace {

    private static final int MINIMUM = 1024;
    private static final Duration BLOCK = Duration.ofMinutes(3);

    private final Connection connection;
    private final long block;
    private final long end;
    private int inBlock;

    DataPace(Connection connection, Limits limits) {
        this.connection = connection;
        Duration command = limits.commandTimeout();
        this.block = (command.compareTo(BLOCK) < 0 ? command : BLOCK).toNanos();
        this.end = connection.elapsed() + limits.dataTimeout().toNanos();
    }

    /** Content is awaited from now on. */
    void begin() {
        inBlock = 0;
        connection.allowUntil(Math.min(end, connection.elapsed() + block));
    }

    @Override
    public void received(int octets) {
        inBlock += octets;
        if (inBlock >= MINIMUM) {
            begin();
        }
    }
}
