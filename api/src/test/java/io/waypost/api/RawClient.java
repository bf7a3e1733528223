package io.waypost.api;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An HTTP client that sends exactly what it is told. */
final class RawClient implements Closeable {

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** @param from one of this machine's addresses */
    RawClient(int port, String from) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer. */
    record Answer(int status, String head, String body) {}

    RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next answer. */
    Answer answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after '" + head + "'");
            }
            head.append((char) next);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        int length = Arrays.stream(head.toString().split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, "content-length: ", 0, 16))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        return new Answer(status, head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Whether the server has closed the connection; waits for it or for its next byte. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
