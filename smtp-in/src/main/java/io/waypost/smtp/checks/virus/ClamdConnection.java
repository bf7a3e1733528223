package io.waypost.smtp.checks.virus;

import io.waypost.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One session with clamd (clamd(8): IDSESSION, INSTREAM). Used by one thread at a time; interrupting it closes the connection.
 */
final class ClamdConnection implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;

    private final SocketChannel channel;
    private boolean answering;

    private ClamdConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static ClamdConnection open(SocketAddress address) throws IOException {
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.connect(address);
            ClamdConnection connection = new ClamdConnection(channel);
            connection.write(ByteBuffer.wrap("zIDSESSION\0".getBytes(StandardCharsets.US_ASCII)));
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Sends a mail and reads the answer to it.
     *
     * @return without number and terminator, such as {@code stream: OK}
     */
    String scan(MessageContent content) throws IOException {
        answering = false;
        try {
            write(ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
            send(content);
        } catch (IOException e) {
            // It may have said why it does not read on, such as a limit of its own.
            String answer = answerIfAny();
            if (answer.isEmpty()) {
                throw e;
            }
            return answer;
        }
        return answer();
    }

    private void send(MessageContent content) throws IOException {
        byte[] octets = new byte[4 + CHUNK];
        try (InputStream in = content.open()) {
            int n;
            while ((n = in.readNBytes(octets, 4, CHUNK)) > 0) {
                ByteBuffer chunk = ByteBuffer.wrap(octets, 0, 4 + n);
                chunk.putInt(0, n);
                write(chunk);
            }
        }
        write(ByteBuffer.wrap(new byte[4]));
    }

    private void write(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    private String answerIfAny() {
        try {
            return answer();
        } catch (IOException e) {
            return "";
        }
    }

    private String answer() throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(LONGEST_ANSWER);
        while (octets.hasRemaining()) {
            if (channel.read(octets) < 0) {
                throw new IOException("clamd closed the connection");
            }
            answering = true;
            if (octets.get(octets.position() - 1) == 0) {
                String answer = new String(octets.array(), 0, octets.position() - 1, StandardCharsets.ISO_8859_1);
                int number = answer.indexOf(": ");
                return number > 0 && answer.substring(0, number).chars().allMatch(Character::isDigit)
                        ? answer.substring(number + 2)
                        : answer;
            }
        }
        throw new IOException("clamd's answer does not end");
    }

    /** Whether a part of the last answer came: what was asked was heard. */
    boolean isAnswering() {
        return answering;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }
}
