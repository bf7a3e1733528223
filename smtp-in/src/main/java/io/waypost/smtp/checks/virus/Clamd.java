package io.waypost.smtp.checks.virus;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.host.HostAddresses;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.Question;
import io.waypost.smtp.checks.ScanFailure;
import io.waypost.smtp.checks.ScannerGate;
import io.waypost.smtp.checks.VirusScanner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Asks clamd. Sessions are kept and used again. */
public final class Clamd implements VirusScanner, AutoCloseable {

    private static final int LONGEST_NAME = 100;

    private final ClamdSettings settings;
    private final HostAddresses hosts;
    private final ScannerGate gate;
    private final ConcurrentLinkedDeque<ClamdConnection> idle = new ConcurrentLinkedDeque<>();

    public Clamd(ClamdSettings settings, HostAddresses hosts) {
        this.settings = settings;
        this.hosts = hosts;
        this.gate = new ScannerGate(settings.concurrency());
    }

    @Override
    public Verdict scan(MessageContent content, Deadline deadline) {
        long began = System.nanoTime();
        Deadline limit = deadline.atMost(settings.timeout());
        try {
            if (content.size() > settings.largest()) {
                return verdict(Status.GRAY, "none", "not scanned: larger than " + settings.largest() + " bytes", began);
            }
            return read(gate.pass(limit, () -> ask(content, limit)), began);
        } catch (ScanFailure failure) {
            return verdict(Status.PROCESSING_FAILED, "error", "clamd: " + failure.reason(), began);
        }
    }

    /** What came of a conversation: clamd's answer, or why there is none. */
    private record Heard(String text, boolean failed) {}

    // A channel's reads and writes have no time limit of their own: the thread that blocks in them is interrupted.
    private String ask(MessageContent content, Deadline limit) throws ScanFailure {
        Question<Heard> question = Question.ask(() -> {
            try {
                return new Heard(converse(content), false);
            } catch (IOException e) {
                return new Heard(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), true);
            }
        });
        Heard heard = question.answer(limit, reason -> new Heard(reason, true));
        question.cancel();
        if (heard.failed() || heard.text().endsWith("ERROR")) {
            throw new ScanFailure(heard.text());
        }
        return heard.text();
    }

    private String converse(MessageContent content) throws IOException {
        ClamdConnection kept = idle.pollFirst();
        if (kept != null) {
            try {
                return on(kept, content);
            } catch (IOException e) {
                // clamd ends sessions that are idle for long; what it has heard of is not sent twice.
                if (kept.isAnswering() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        return on(ClamdConnection.open(address()), content);
    }

    private String on(ClamdConnection connection, MessageContent content) throws IOException {
        boolean sound = false;
        try {
            String answer = connection.scan(content);
            // Behind an error clamd closes the session.
            sound = !answer.endsWith("ERROR");
            return answer;
        } finally {
            if (sound) {
                idle.addFirst(connection);
            } else {
                connection.close();
            }
        }
    }

    private SocketAddress address() throws IOException {
        return settings.address() instanceof InetSocketAddress at
                ? new InetSocketAddress(hosts.of(at.getHostString()).getFirst(), at.getPort())
                : settings.address();
    }

    private static Verdict read(String answer, long began) {
        String text = answer.startsWith("stream: ") ? answer.substring("stream: ".length()) : null;
        if (text == null) {
            return nonsense(answer, began);
        }
        if (text.equals("OK")) {
            return verdict(Status.PASS, "clean", "", began);
        }
        return text.endsWith(" FOUND")
                ? verdict(Status.FAIL, name(text.substring(0, text.length() - " FOUND".length())), "virus found", began)
                : nonsense(answer, began);
    }

    private static Verdict nonsense(@Nullable String answer, long began) {
        return verdict(Status.PROCESSING_FAILED, "error", "clamd: an answer that is none: " + answer, began);
    }

    private static String name(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return cut.isBlank() ? "unnamed" : cut.replaceAll("[^ -~]", "?");
    }

    private static Verdict verdict(Status status, String result, String reason, long began) {
        return new Verdict(status, result, reason, Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public void close() {
        for (ClamdConnection one = idle.poll(); one != null; one = idle.poll()) {
            one.close();
        }
    }
}
