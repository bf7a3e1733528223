package io.waypost.smtp.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/** clamd of the package clamav-daemon, with a database of one signature. */
public final class RealClamd extends Daemon {

    /** The harmless file that every scanner finds, in pieces so that none finds it here. */
    public static final String EICAR =
            "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*";

    public final int port = freePort();

    public RealClamd() throws IOException {
        super("clamd");
        Files.createDirectories(folder.resolve("db"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(
                folder.resolve("db/test.ndb"),
                "Eicar-Test-Signature:0:*:" + HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        Files.writeString(folder.resolve("clamd.conf"), """
                Foreground yes
                TCPAddr 127.0.0.1
                TCPSocket %1$d
                LocalSocket %2$s/clamd.sock
                DatabaseDirectory %2$s/db
                TemporaryDirectory %2$s/tmp
                PidFile %2$s/clamd.pid
                LogFile %2$s/clamd.log
                StreamMaxLength 1M
                User %3$s
                """.formatted(port, folder, System.getProperty("user.name")));
    }

    public String socket() {
        return folder.resolve("clamd.sock").toString();
    }

    @Override
    protected List<String> command() {
        return List.of("/usr/sbin/clamd", "-c", folder.resolve("clamd.conf").toString());
    }

    @Override
    protected Callable<Boolean> readiness() {
        return () -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write("zPING\0".getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("PONG");
            }
        };
    }
}
