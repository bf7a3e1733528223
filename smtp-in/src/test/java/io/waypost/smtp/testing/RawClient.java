package io.waypost.smtp.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A client that sends whatever it is told, octet for octet. */
public final class RawClient implements AutoCloseable {

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    public RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(15_000);
        socket.connect(address);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawClient send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** One line without its CRLF; null when the server has closed. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int octet; (octet = in.read()) >= 0; ) {
                if (octet == '\n') {
                    return line.substring(0, line.length() - 1);
                }
                line.append((char) octet);
            }
        } catch (java.net.SocketException e) {
            // A reset is an end, too.
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** The last line of a reply, whatever its number of lines; null when the server has closed. */
    public String reply() throws IOException {
        String line = line();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** Sends a command and reads its reply. */
    public String command(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    /** Everything up to the server's end. */
    public String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line; (line = line()) != null; ) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** From the banner to the 354. */
    public RawClient upToData(String recipient) throws IOException {
        reply();
        for (String command : new String[] {
            "EHLO client.example", "MAIL FROM:<alice@sender.example>", "RCPT TO:<" + recipient + ">", "DATA"
        }) {
            String reply = command(command);
            if (reply == null || reply.charAt(0) > '3') {
                throw new IOException(command + " -> " + reply);
            }
        }
        return this;
    }

    /** TLS over what there is, trusting everybody. */
    public SSLSocket startTls(String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "mx.example.com", socket.getPort(), true);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        tls.startHandshake();
        socket = tls;
        in = tls.getInputStream();
        out = tls.getOutputStream();
        return tls;
    }

    /** Ends the sending side only. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
