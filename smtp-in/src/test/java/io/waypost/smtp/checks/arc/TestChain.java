package io.waypost.smtp.checks.arc;

import io.waypost.smtp.checks.signature.SignatureField;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Chains of one sealer on a plain mail, changes of them, and what a validator says of them. */
final class TestChain {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private static final TestMail PLAIN = TestMail.PLAIN;

    static final TestKey LIST = TestKey.ED25519.at("list.example", "list");

    private TestChain() {}

    /** A chain of sets of one sealer on the plain mail. */
    static TestMail chain(int sets) {
        TestMail mail = PLAIN;
        for (int i = 1; i <= sets; i++) {
            mail = TestSealer.of(Math.min(i, 99)).on(mail);
        }
        return mail;
    }

    static java.util.function.Consumer<SignatureField> tag(String name, String value) {
        return field -> field.tag(name, value);
    }

    /** All keys are published. */
    static FakeDns published() {
        return TestKey.RSA.publish(TestKey.RSA_1024.publish(TestKey.ED25519.publish(LIST.publish(new FakeDns()))));
    }

    static TestMail without(TestMail mail, String beginning) {
        return change(mail, beginning, field -> "");
    }

    static TestMail doubled(TestMail mail, String beginning) {
        return change(mail, beginning, field -> field + field);
    }

    static TestMail only(TestMail mail, String beginning) {
        return change(PLAIN.with("Mark:\r\n"), "Mark:", mark -> field(mail, beginning));
    }

    /** Results, seal, message signature in place of seal, message signature, results. */
    static TestMail reordered(TestMail mail) {
        String results = field(mail, "ARC-Authentication-Results");
        return without(mail, "ARC-Authentication-Results").with(results);
    }

    /** The sets stand below the message's own fields. */
    static TestMail moved(TestMail mail) {
        String sets = mail.text().substring(0, mail.text().indexOf("From:"));
        return new TestMail(mail.head().substring(sets.length()) + sets + "\r\n" + mail.body());
    }

    private static TestMail change(TestMail mail, String beginning, UnaryOperator<String> change) {
        String field = field(mail, beginning);
        return mail.replace(field, change.apply(field));
    }

    /** The first field that begins so. */
    private static String field(TestMail mail, String beginning) {
        var header = mail.header();
        return header.fields().stream()
                .map(field -> new String(header.bytes(field), java.nio.charset.StandardCharsets.ISO_8859_1))
                .filter(field -> field.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    static ArcResult validate(TestMail mail, FakeDns dns) {
        return new ArcValidator(InstantSource.fixed(NOW)).validate(mail.header(), mail.bodies(), dns);
    }

    /** The state of a chain, as its word and, where there is one, the reason. */
    static String text(ArcResult result) {
        return result.status() + (result.reason().isEmpty() ? "" : ": " + result.reason());
    }
}
