package io.waypost.smtp.checks.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.waypost.message.port.Dns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * Asks name servers, and keeps what they say as long as they say: positive answers by their TTL, negative ones by RFC 2308, at most
 * {@value #MOST_KEPT} in all. Whoever asks what is being asked already waits for the same answer. Safe for all threads.
 */
public final class CachingDns implements Dns {

    static final int MOST_KEPT = 20_000;

    /** The asking itself is bounded by the settings; this is for what is around it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Function<Question, Kept> servers;
    private final Duration patience;
    private final AsyncCache<Question, Kept> kept;

    public CachingDns(DnsSettings settings) {
        this(new NameServers(settings)::ask, settings.timeout(), System::nanoTime, task -> Thread.ofVirtual()
                .name("dns")
                .start(task));
    }

    CachingDns(Function<Question, Kept> servers, Duration timeout, LongSupplier nanoTime, Executor threads) {
        this.servers = servers;
        this.patience = timeout.plus(GRACE);
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST_KEPT)
                .ticker((Ticker) nanoTime::getAsLong)
                .executor(threads)
                .expireAfter(Expiry.<Question, Kept>creating((question, answer) -> answer.keep()))
                .buildAsync();
    }

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        return answer(Question.of(name, family == Family.IPV4 ? Type.A : Type.AAAA), InetAddress.class);
    }

    @Override
    public Answer<Exchanger> exchangers(String name) {
        return answer(Question.of(name, Type.MX), Exchanger.class);
    }

    @Override
    public Answer<String> texts(String name) {
        return answer(Question.of(name, Type.TXT), String.class);
    }

    @Override
    public Answer<String> names(InetAddress address) {
        return answer(Optional.of(new Question(ReverseMap.fromAddress(address), Type.PTR)), String.class);
    }

    @Override
    public Answer<String> alias(String name) {
        return answer(Question.of(name, Type.CNAME), String.class);
    }

    @Override
    public Answer<Tlsa> certificates(String name) {
        return answer(Question.of(name, Type.TLSA), Tlsa.class);
    }

    private <T> Answer<T> answer(Optional<Question> question, Class<T> type) {
        return question.isEmpty() ? new NoName<>() : typed(wait(question.get()), type);
    }

    private Answer<Object> wait(Question question) {
        CompletableFuture<Kept> answer = kept.get(
                question, (asked, executor) -> CompletableFuture.supplyAsync(() -> servers.apply(asked), executor));
        try {
            Kept found = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (found.keep().isZero()) {
                // The cache would notice a moment later only.
                kept.asMap().remove(question, answer);
            }
            return found.answer();
        } catch (TimeoutException e) {
            return new Unknown<>("no answer to " + question + " in time");
        } catch (ExecutionException e) {
            return new Unknown<>("asking for " + question + " failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unknown<>("nobody waits for " + question + " any more");
        }
    }

    private static <T> Answer<T> typed(Answer<Object> answer, Class<T> type) {
        return switch (answer) {
            case Found<Object> found -> {
                List<T> records = found.records().stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .toList();
                yield records.isEmpty() ? new NoRecords<>() : new Found<>(records, found.authenticated());
            }
            case NoRecords<Object> none -> new NoRecords<>();
            case NoName<Object> none -> new NoName<>();
            case Unknown<Object> unknown -> new Unknown<>(unknown.reason());
        };
    }
}
