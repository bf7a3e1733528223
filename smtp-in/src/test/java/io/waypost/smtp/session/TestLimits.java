package io.waypost.smtp.session;

import io.waypost.smtp.Limits;
import java.time.Duration;

/** Limits that are the default but for one. */
public final class TestLimits {

    private static final Limits D = Limits.DEFAULT;

    private TestLimits() {}

    public static Limits messageSize(long bytes) {
        return new Limits(
                bytes,
                D.recipients(),
                D.connections(),
                D.perAddress(),
                D.commandTimeout(),
                D.dataTimeout(),
                D.hops(),
                D.lineLength(),
                D.headerSize(),
                D.headerLines(),
                D.badCommands());
    }

    public static Limits recipients(int count) {
        return new Limits(
                D.messageSize(),
                count,
                D.connections(),
                D.perAddress(),
                D.commandTimeout(),
                D.dataTimeout(),
                D.hops(),
                D.lineLength(),
                D.headerSize(),
                D.headerLines(),
                D.badCommands());
    }

    public static Limits connections(int all, int perAddress) {
        return new Limits(
                D.messageSize(),
                D.recipients(),
                all,
                perAddress,
                D.commandTimeout(),
                D.dataTimeout(),
                D.hops(),
                D.lineLength(),
                D.headerSize(),
                D.headerLines(),
                D.badCommands());
    }

    public static Limits timeouts(Duration command, Duration data) {
        return new Limits(
                D.messageSize(),
                D.recipients(),
                D.connections(),
                D.perAddress(),
                command,
                data,
                D.hops(),
                D.lineLength(),
                D.headerSize(),
                D.headerLines(),
                D.badCommands());
    }

    public static Limits content(int hops, int lineLength, int headerSize, int headerLines) {
        return new Limits(
                D.messageSize(),
                D.recipients(),
                D.connections(),
                D.perAddress(),
                D.commandTimeout(),
                D.dataTimeout(),
                hops,
                lineLength,
                headerSize,
                headerLines,
                D.badCommands());
    }

    public static Limits badCommands(int count) {
        return new Limits(
                D.messageSize(),
                D.recipients(),
                D.connections(),
                D.perAddress(),
                D.commandTimeout(),
                D.dataTimeout(),
                D.hops(),
                D.lineLength(),
                D.headerSize(),
                D.headerLines(),
                count);
    }
}
