package io.waypost.server.support;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain SMTP client: one connection, any number of mails. */
public final class Sender implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    public Sender(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
        reply();
        command("EHLO sender.test");
    }

    /** Sends a command and answers the last line of its reply. */
    public String command(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /**
     * Sends one mail whose bytes have no line that begins with a dot.
     *
     * @return the reply to the final dot
     */
    public String send(String from, String to, byte[] message) throws IOException {
        expect("250", command("MAIL FROM:<" + from + ">"));
        expect("250", command("RCPT TO:<" + to + ">"));
        expect("354", command("DATA"));
        out.write(message);
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    /** The message id in a 250 reply. */
    public static String idOf(String reply) {
        return reply.substring(reply.lastIndexOf(' ') + 1);
    }

    private static void expect(String code, String reply) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("expected " + code + ", got " + reply);
        }
    }

    private String reply() throws IOException {
        while (true) {
            String line = in.readLine();
            if (line == null) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() < 4 || line.charAt(3) != '-') {
                return line;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
