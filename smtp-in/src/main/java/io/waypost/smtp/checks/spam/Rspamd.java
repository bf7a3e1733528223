package io.waypost.smtp.checks.spam;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.host.HostAddresses;
import io.waypost.smtp.checks.Deadline;
import io.waypost.smtp.checks.ScanFailure;
import io.waypost.smtp.checks.ScannerGate;
import io.waypost.smtp.checks.SpamScanner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Asks Rspamd's normal worker ({@code POST /checkv2}). Connections are kept and used again. */
public final class Rspamd implements SpamScanner, AutoCloseable {

    private static final int SYMBOLS_IN_REASON = 5;

    private final RspamdSettings settings;
    private final ScannerGate gate;
    private final OkHttpClient client;
    private final String url;

    public Rspamd(RspamdSettings settings, HostAddresses hosts) {
        this.settings = settings;
        this.gate = new ScannerGate(settings.concurrency());
        this.url = settings.url().resolve("/checkv2").toString();
        this.client = new OkHttpClient.Builder()
                .dns(hosts::of)
                .followRedirects(false)
                .followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(settings.concurrency(), 1, TimeUnit.MINUTES))
                // Each call has its own limit, for all of it.
                .connectTimeout(settings.timeout())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    @Override
    public Verdicts.Spam scan(
            MessageContent content, Envelope envelope, MessageId id, Optional<String> reverseName, Deadline deadline) {
        long began = System.nanoTime();
        if (content.size() > settings.largest()) {
            return without(Status.GRAY, "none", "not scanned: larger than " + settings.largest() + " bytes", began);
        }
        Deadline limit = deadline.atMost(settings.timeout());
        try {
            RspamdAnswer answer =
                    gate.pass(limit, () -> ask(request(content, headers(envelope, id, reverseName)), limit));
            return spam(answer, began);
        } catch (ScanFailure failure) {
            return without(Status.PROCESSING_FAILED, "error", "rspamd: " + failure.reason(), began);
        }
    }

    private RspamdAnswer ask(Request request, Deadline limit) throws ScanFailure {
        Call call = client.newCall(request);
        call.timeout().timeout(Math.max(1, limit.left()), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            if (response.code() != 200) {
                throw new ScanFailure("HTTP " + response.code());
            }
            return RspamdAnswer.read(response.body().byteStream());
        } catch (IOException e) {
            throw new ScanFailure(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private Request request(MessageContent content, Headers headers) {
        return new Request.Builder()
                .url(url)
                .headers(headers)
                .post(new StreamedBody(content))
                .build();
    }

    private Headers headers(Envelope envelope, MessageId id, Optional<String> reverseName) {
        Client from = envelope.client();
        Headers.Builder headers = new Headers.Builder();
        add(headers, "Queue-Id", id.value());
        add(headers, "IP", from.address().getHostAddress());
        add(headers, "Helo", from.helo());
        add(headers, "Hostname", reverseName.orElse("unknown"));
        add(headers, "From", envelope.from().toString());
        for (EmailAddress recipient : envelope.addresses()) {
            add(headers, "Rcpt", recipient.toString());
        }
        from.tls().ifPresent(tls -> {
            add(headers, "TLS-Version", tls.version());
            add(headers, "TLS-Cipher", tls.cipher());
        });
        settings.password().ifPresent(password -> add(headers, "Password", password));
        return headers.build();
    }

    // UTF-8 as it is (RFC 6531 addresses); nothing that could end the line.
    private static void add(Headers.Builder headers, String name, String value) {
        headers.addUnsafeNonAscii(name, value.replaceAll("\\p{Cntrl}", "?"));
    }

    private static Verdicts.Spam spam(RspamdAnswer answer, long began) {
        String action = answer.action().toLowerCase(Locale.ROOT);
        // A mail that it recognised at once, such as its test pattern, it calls skipped, too; what it advises counts
        // all the same.
        boolean unseen = answer.skipped() && action.equals("no action");
        Optional<Status> status = unseen ? Optional.of(Status.GRAY) : status(action);
        if (status.isEmpty()) {
            return without(Status.PROCESSING_FAILED, "error", "rspamd: unknown action " + answer.action(), began);
        }
        String symbols = answer.symbols().stream()
                .limit(SYMBOLS_IN_REASON)
                .map(symbol -> String.format(Locale.ROOT, "%s(%.1f)", symbol.name(), symbol.score()))
                .collect(Collectors.joining(" "));
        String reason = String.format(Locale.ROOT, "%.1f of %.1f", answer.score(), answer.required())
                + (unseen ? ", skipped" : "")
                + (symbols.isEmpty() ? "" : ": " + symbols);
        return new Verdicts.Spam(
                new Verdict(status.get(), action, reason, Duration.ofNanos(System.nanoTime() - began)),
                OptionalDouble.of(answer.score()),
                answer.symbols().stream().map(RspamdAnswer.Symbol::name).toList());
    }

    /** Rspamd's advice in the words of Amazon SES; its thresholds are the operator's. */
    private static Optional<Status> status(String action) {
        return switch (action) {
            case "no action" -> Optional.of(Status.PASS);
            case "greylist", "soft reject" -> Optional.of(Status.GRAY);
            case "add header", "rewrite subject", "reject", "discard", "quarantine" -> Optional.of(Status.FAIL);
            default -> Optional.empty();
        };
    }

    private static Verdicts.Spam without(Status status, String result, String reason, long began) {
        return new Verdicts.Spam(
                new Verdict(status, result, reason, Duration.ofNanos(System.nanoTime() - began)),
                OptionalDouble.empty(),
                List.of());
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
