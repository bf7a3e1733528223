package io.waypost.smtp.checks.dkim;

import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A verifier at a fixed time, and what DNS has for the keys of the tests. */
final class TestVerifier {

    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private TestVerifier() {}

    /** All keys are published. */
    static FakeDns dns() {
        return TestKey.RSA.publish(TestKey.RSA_1024.publish(TestKey.ED25519.publish(new FakeDns())));
    }

    static List<DkimResult> verify(TestMail mail, FakeDns dns) {
        BodyHashes bodies = mail.bodies();
        return new DkimVerifier(InstantSource.fixed(NOW)).verify(mail.header(), bodies, dns);
    }

    /** The results of a mail, each as its word and, where there is one, its reason. */
    static String results(TestMail mail, FakeDns dns) {
        return new ArrayList<>(verify(mail, dns))
                .stream()
                        .map(result -> result.result() + (result.reason().isEmpty() ? "" : ": " + result.reason()))
                        .collect(Collectors.joining(", "));
    }
}
