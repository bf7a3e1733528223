package io.waypost.smtp.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A conversation as text. {@code C: } sends a line with CRLF, {@code C! } sends raw octets (\r \n \0 \t \\ and \xHH are
 * escapes), {@code S: } expects a line that begins so, {@code S!} expects the server's end. Lines of the client that follow
 * each other go out together; {@code #} begins a comment.
 */
public final class Transcript {

    /** How the client's octets are cut into packets. */
    @FunctionalInterface
    public interface Sender {
        void send(RawClient client, byte[] octets) throws IOException;

        /** As they come. */
        Sender WHOLE = RawClient::send;

        /** One by one. */
        Sender SINGLE = (client, octets) -> {
            for (byte octet : octets) {
                client.send(new byte[] {octet});
            }
        };
    }

    private final List<String> lines;

    public Transcript(String text) {
        lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    public void play(RawClient client, Sender sender) throws IOException {
        ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        for (String line : lines) {
            String text = line.length() > 3 ? line.substring(3) : "";
            switch (line.substring(0, 2)) {
                case "C:" -> gathered.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
                case "C!" -> gathered.writeBytes(unescape(text));
                case "S:" -> {
                    flush(client, sender, gathered);
                    assertThat(client.line()).as(line).isNotNull().startsWith(text);
                }
                case "S!" -> {
                    flush(client, sender, gathered);
                    assertThat(client.line()).as("server has closed").isNull();
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static void flush(RawClient client, Sender sender, ByteArrayOutputStream gathered) throws IOException {
        byte[] octets = gathered.toByteArray();
        gathered.reset();
        if (octets.length > 0) {
            try {
                sender.send(client, octets);
            } catch (java.net.SocketException e) {
                // The server may close in the midst of it; what it said before is what counts.
            }
        }
    }

    /** Turns \r \n \0 \t \\ and \xHH into octets. */
    public static byte[] unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            switch (text.charAt(++i)) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case '0' -> out.write(0);
                case 't' -> out.write('\t');
                case '\\' -> out.write('\\');
                case 'x' -> {
                    out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        return out.toByteArray();
    }
}
