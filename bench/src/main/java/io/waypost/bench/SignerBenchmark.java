package io.waypost.bench;

import io.waypost.message.Domain;
import io.waypost.message.dkim.BodySum;
import io.waypost.message.dkim.Signer;
import io.waypost.message.dkim.SigningKey;
import io.waypost.message.header.HeaderBlock;
import io.waypost.outbound.content.EicarSearch;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a mail that an application sends costs beside its commit: its signature by each kind of key, its body's hash, and the search in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignerBenchmark {

    private static final byte[] BODY = "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 012345678\r\n"
            .repeat(10 * 1024 / 76)
            .getBytes(StandardCharsets.US_ASCII);
    private static final HeaderBlock HEADER =
            HeaderBlock.of("""
            From: Shop <news@shop.test>
            To: Bob <bob@customer.test>
            Subject: Your order of this morning
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 7bit
            List-Unsubscribe: <https://shop.test/unsubscribe?t=0123456789>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Date: Thu, 26 Nov 2026 08:00:00 +0000
            Message-ID: <0102018f00000000-00000000-0000-0000-0000-000000000000-000000@mx.shop.test>
            Feedback-ID: main:shop.test:eu-west-1:waypost

            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));

    private final SigningKey rsa2048 = key("RSA", 2048);
    private final SigningKey rsa1024 = key("RSA", 1024);
    private final SigningKey ed25519 = key("Ed25519", 255);
    private final byte[] sum = new byte[32];
    private final Instant now = Instant.parse("2026-11-26T08:00:00Z");

    @Benchmark
    public byte[] rsa2048() {
        return Signer.sign(rsa2048, HEADER, sum, now);
    }

    @Benchmark
    public byte[] rsa1024() {
        return Signer.sign(rsa1024, HEADER, sum, now);
    }

    @Benchmark
    public byte[] ed25519() {
        return Signer.sign(ed25519, HEADER, sum, now);
    }

    @Benchmark
    public byte[] bodySum() {
        BodySum body = new BodySum();
        body.update(BODY, 0, BODY.length);
        return body.finish();
    }

    @Benchmark
    public boolean search() {
        EicarSearch search = new EicarSearch();
        search.update(BODY, 0, BODY.length);
        return search.isSuspected();
    }

    private static SigningKey key(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return new SigningKey(
                    new Domain("shop.test"), "a", generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
