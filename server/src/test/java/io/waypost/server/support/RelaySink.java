package io.waypost.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The next mail server, as strict as its script: takes every path, the null path as well, and refuses recipients that begin with "nobody", and puts off those with "later". */
public final class RelaySink implements AutoCloseable {

    /**
     * A mail that was taken.
     *
     * @param from the argument of MAIL FROM with its parameters
     * @param to the arguments of RCPT TO with their parameters
     * @param content as sent, dots unstuffed
     */
    public record Taken(String from, List<String> to, String content) {}

    private final ServerSocket socket;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> greetings = new CopyOnWriteArrayList<>();

    public RelaySink() throws IOException {
        this(Ports.free());
    }

    public RelaySink(int port) throws IOException {
        socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Taken> taken() {
        return taken;
    }

    /** Of each connection the address that it came from, a space, and what the client called itself. */
    public List<String> greetings() {
        return greetings;
    }

    private void accept() {
        while (true) {
            try {
                Socket peer = socket.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.ISO_8859_1));
            reply(peer, "220 sink.test ESMTP");
            String from = "";
            List<String> to = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split("[ :]", 2)[0];
                switch (verb) {
                    case "EHLO" -> {
                        greetings.add(peer.getInetAddress().getHostAddress() + line.substring("EHLO".length()));
                        reply(peer, "250-sink.test", "250-8BITMIME", "250-DSN", "250 PIPELINING");
                    }
                    case "MAIL" -> {
                        from = line.substring("MAIL FROM:".length());
                        to = new ArrayList<>();
                        reply(peer, "250 2.1.0 Ok");
                    }
                    case "RCPT" -> {
                        String path = line.substring("RCPT TO:".length());
                        if (path.startsWith("<nobody")) {
                            reply(peer, "550 5.1.1 Nobody of that name here");
                        } else if (path.startsWith("<later")) {
                            reply(peer, "450 4.2.1 Not now");
                        } else {
                            to.add(path);
                            reply(peer, "250 2.1.5 Ok");
                        }
                    }
                    case "DATA" -> {
                        if (to.isEmpty()) {
                            reply(peer, "503 5.5.1 No recipient");
                        } else {
                            reply(peer, "354 Go on");
                            taken.add(new Taken(from, List.copyOf(to), content(in)));
                            to = new ArrayList<>();
                            reply(peer, "250 2.0.0 Taken");
                        }
                    }
                    case "QUIT" -> {
                        reply(peer, "221 2.0.0 Bye");
                        return;
                    }
                    default -> reply(peer, "250 2.0.0 Ok");
                }
            }
        } catch (IOException e) {
            // The peer is gone; what it did not finish was not taken.
        }
    }

    private static String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return content.toString();
            }
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        throw new IOException("closed within the content");
    }

    private static void reply(Socket peer, String... lines) throws IOException {
        peer.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
