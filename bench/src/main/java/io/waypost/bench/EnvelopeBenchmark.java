package io.waypost.bench;

import io.waypost.actions.notification.EnvelopeSigner;
import io.waypost.actions.notification.EnvelopeSigner.SigningKey;
import io.waypost.message.topic.Topic;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
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

/** What the signature of an SNS envelope of 4 KB costs the first subscriber of a publication, and every other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {

    private static final String TEXT = "Message\n" + "x".repeat(4096) + "\n";

    private final PrivateKey key = key();
    private final EnvelopeSigner signer = new EnvelopeSigner(() -> new SigningKey(key, "https://mx.example.com/a.pem"));
    private long count;

    @Benchmark
    public String first() {
        return signer.sign(Topic.Signature.SHA256, TEXT + count++);
    }

    @Benchmark
    public String further() {
        return signer.sign(Topic.Signature.SHA256, TEXT);
    }

    private static PrivateKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
