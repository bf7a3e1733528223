package io.waypost.outbound.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on loopback that does what a script says, and remembers what it was told. Each connection runs the script anew. */
public final class ScriptedPeer implements AutoCloseable {

    /** What the peer does with one connection; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Script {
        void run(Session session) throws Exception;
    }

    private final ServerSocket listener;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    public ScriptedPeer(Script script) throws IOException {
        this("127.0.0.1", 0, script);
    }

    /** One at a certain place. */
    public ScriptedPeer(String address, int port, Script script) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
        Thread.ofVirtual().start(() -> listen(script));
    }

    private void listen(Script script) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.run(new Session(socket));
        } catch (IOException e) {
            // The client went away: what a script does about that is its own affair.
        } catch (Exception | AssertionError e) {
            faults.add(e);
        }
    }

    public HostAndPort address() {
        return new HostAndPort("127.0.0.1", listener.getLocalPort());
    }

    /** Every command line of every connection, in order. */
    public List<String> heard() {
        return heard;
    }

    /** The messages as they came over the wire, with their stuffed dots, without the final dot. */
    public List<byte[]> messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (!faults.isEmpty()) {
            throw new AssertionError("the script failed", faults.getFirst());
        }
    }

    /** One connection. */
    public final class Session {

        private Socket socket;
        private InputStream in;
        private OutputStream out;

        Session(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** Sends text as it is. */
        public Session raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        public Session say(String... lines) throws IOException {
            for (String line : lines) {
                raw(line + "\r\n");
            }
            return this;
        }

        /** Reads one line, which must begin so. */
        public Session hear(String beginning) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int b;
            while ((b = in.read()) != '\n') {
                if (b < 0) {
                    throw new EOFException();
                }
                line.write(b);
            }
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            heard.add(text);
            if (!text.startsWith(beginning)) {
                throw new AssertionError("expected " + beginning + ", heard " + text);
            }
            return this;
        }

        /** Greets, and offers these extensions. */
        public Session hello(String... extensions) throws IOException {
            return say("220 peer ESMTP").ehlo(extensions);
        }

        public Session ehlo(String... extensions) throws IOException {
            hear("EHLO ").say("250-peer");
            for (String extension : extensions) {
                say("250-" + extension);
            }
            return say("250 HELP");
        }

        /** Agrees up to and with 354. */
        public Session upToData() throws IOException {
            return hear("MAIL ")
                    .say("250 2.1.0 ok")
                    .hear("RCPT ")
                    .say("250 2.1.5 ok")
                    .hear("DATA")
                    .say("354 go on");
        }

        /** Reads a message up to its final dot. */
        public Session message() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // As if a line end stood in front, the way the final dot of an empty message has one.
            String tail = "\r\n";
            while (!tail.equals("\r\n.\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException();
                }
                bytes.write(b);
                tail = (tail.length() == 5 ? tail.substring(1) : tail) + (char) b;
            }
            byte[] all = bytes.toByteArray();
            messages.add(Arrays.copyOf(all, all.length - 3));
            return this;
        }

        /** Takes the mail and says goodbye. */
        public Session acceptAll() throws IOException {
            return upToData()
                    .message()
                    .say("250 2.0.0 queued as X1")
                    .hear("QUIT")
                    .say("221 bye");
        }

        /** Waits until the client closes. */
        public void silence() throws IOException {
            while (in.read() >= 0) {
                // Whatever it says, there is no answer.
            }
        }

        /** Goes on encrypted, with a certificate nobody can verify. */
        public Session encrypt() throws Exception {
            return encrypt(tls());
        }

        /** Goes on encrypted. */
        public Session encrypt(SSLContext context) throws Exception {
            SSLSocket encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "peer", socket.getPort(), true);
            encrypted.setUseClientMode(false);
            encrypted.startHandshake();
            heard.add("(" + encrypted.getSession().getProtocol() + ")");
            socket = encrypted;
            in = new BufferedInputStream(encrypted.getInputStream());
            out = encrypted.getOutputStream();
            return this;
        }
    }

    // GreenMail brings a self-signed certificate for tests.
    private static SSLContext tls() throws GeneralSecurityException, IOException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = ScriptedPeer.class.getResourceAsStream("/greenmail.p12")) {
            keys.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
