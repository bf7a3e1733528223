package io.waypost.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Applications that send the same mail again and again over kept connections to a server of this machine. A refusal ends the measurement.
 *
 * <p>Arguments: {@code http PORT CONNECTIONS SECONDS FILE}, where the file is a whole signed request, or {@code smtps PORT CONNECTIONS
 * SECONDS FILE FROM TO USER PASSWORD}, where it is a message without lines that begin with a dot. One line of JSON.
 */
public final class SubmitLoad {

    private static final byte[] END = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);

    private SubmitLoad() {}

    /** One application. */
    private interface Application {
        /** Sends until the moment, by {@link System#nanoTime}, and answers how many mails were accepted. */
        long send(long until) throws Exception;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        int connections = Integer.parseInt(arguments[2]);
        byte[] octets = Files.readAllBytes(Path.of(arguments[4]));
        Application application = arguments[0].equals("http")
                ? until -> http(port, octets, until)
                : until -> smtps(port, octets, arguments[5], arguments[6], arguments[7], arguments[8], until);
        long begun = System.nanoTime();
        long until = begun + Duration.ofSeconds(Integer.parseInt(arguments[3])).toNanos();
        long accepted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(threads.submit(() -> application.send(until)));
            }
            for (Future<Long> one : all) {
                accepted += one.get();
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT, "{\"accepted\": %d, \"mails_per_second\": %.1f}%n", accepted, accepted / seconds);
    }

    private static long http(int port, byte[] request, long until) throws IOException {
        long accepted = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < until) {
                socket.getOutputStream().write(request);
                String status = line(in);
                int length = 0;
                for (String field = line(in); !field.isEmpty(); field = line(in)) {
                    if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(
                                field.substring("content-length:".length()).strip());
                    }
                }
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                if (!status.startsWith("HTTP/1.1 200")) {
                    throw new IOException(status + ": " + body);
                }
                accepted++;
            }
        }
        return accepted;
    }

    private static long smtps(
            int port, byte[] message, String from, String to, String user, String password, long until)
            throws Exception {
        long accepted = 0;
        try (Socket socket = trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            expect(in, '2');
            command(out, in, "EHLO bench.test", '2');
            String login = "\0" + user + "\0" + password;
            command(
                    out,
                    in,
                    "AUTH PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)),
                    '2');
            while (System.nanoTime() < until) {
                command(out, in, "MAIL FROM:<" + from + ">", '2');
                command(out, in, "RCPT TO:<" + to + ">", '2');
                command(out, in, "DATA", '3');
                out.write(message);
                out.write(END);
                expect(in, '2');
                accepted++;
            }
        }
        return accepted;
    }

    private static void command(OutputStream out, InputStream in, String line, char wanted) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        expect(in, wanted);
    }

    private static void expect(InputStream in, char wanted) throws IOException {
        String line = line(in);
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line(in);
        }
        if (line.isEmpty() || line.charAt(0) != wanted) {
            throw new IOException("refused: " + line);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server closed the connection behind " + line);
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    // The server is on this machine and has made its certificate itself.
    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        return context;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
