package io.waypost.server.support;

import io.waypost.smtp.testing.TrustsAll;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A plain SMTP client: one connection, any number of mails. */
public final class Sender implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private Socket socket;
    private BufferedReader in;
    private OutputStream out;

    /** A session in clear, behind the answer to EHLO. */
    public Sender(int port) throws IOException {
        this(connect(port));
        reply();
        command("EHLO sender.test");
    }

    private Sender(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
    }

    /** A session with TLS from its first byte. */
    public static Sender implicitTls(int port) throws IOException {
        Sender sender = new Sender(encrypted(connect(port)));
        sender.reply();
        sender.command("EHLO sender.test");
        return sender;
    }

    /** A session whose first bytes are those of a proxy; nothing is read yet. */
    public static Sender behindProxy(int port, byte[] header) throws IOException {
        Sender sender = new Sender(connect(port));
        sender.write(header);
        return sender;
    }

    /** Goes on encrypted (RFC 3207), behind the new answer to EHLO. */
    public void startTls() throws IOException {
        expect("220", command("STARTTLS"));
        socket = encrypted(socket);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
        expect("250", command("EHLO sender.test"));
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    // Any certificate will do, as for other mail servers.
    private static Socket encrypted(Socket plain) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Part of a long content; what was written last may wait for a later {@link #write(byte[])}. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /** As {@link #reply()}, from a server that may take its time. */
    public String reply(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return reply();
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

    /** The last line of the next reply. */
    public String reply() throws IOException {
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
