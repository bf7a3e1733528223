package io.waypost.bench;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts.Check;
import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.dkim.SigningKey;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Dns;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.checks.CheckSettings;
import io.waypost.smtp.checks.CheckSettings.OnFailure;
import io.waypost.smtp.checks.Examiner;
import io.waypost.smtp.checks.Findings;
import io.waypost.smtp.checks.MailExaminer;
import io.waypost.smtp.checks.arc.ArcResult;
import io.waypost.smtp.checks.arc.ArcValidator;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.checks.dkim.DkimResult;
import io.waypost.smtp.checks.dkim.DkimVerifier;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.receipt.Receipts;
import io.waypost.smtp.checks.receipt.ReceivedSignature;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.signature.SignedFields;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What DKIM and ARC cost a mail of 10 KB. The promise is under a millisecond for SPF, DKIM, DMARC and ARC together; most of it is the
 * arithmetic of public keys. DNS answers at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureBenchmark {

    private static final MessageId ID = new MessageId("0".repeat(40));

    /** How much the session reads at once. */
    private static final int PIECE = 8192;

    private static final String FIELDS = "From: Alice <alice@example.com>\r\nTo: help@in.example.com\r\n"
            + "Subject: Your invoice of March\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
    private static final Receipts RECEIPTS = new Receipts(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private static final List<String> NAMES =
            List.of("from", "from", "to", "subject", "date", "message-id", "mime-version", "content-type");

    private final byte[] body = body();
    private final KeyPair rsa = pair("RSA", 2048);
    private final KeyPair ed25519 = pair("Ed25519", 255);
    private final ReceiptFields signing = new ReceiptFields(
            RECEIPTS,
            Optional.of(
                    new ReceivedSignature(new SigningKey(new Domain("mx.example.net"), "r", ed25519.getPrivate()))));
    private final Dns dns = new Keys(
            "v=DKIM1; p=" + Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded()),
            "v=DKIM1; k=ed25519; p="
                    + Base64.getEncoder()
                            .encodeToString(tail(ed25519.getPublic().getEncoded())));
    private final DkimVerifier dkim = new DkimVerifier(InstantSource.system());
    private final ArcValidator arc = new ArcValidator(InstantSource.system());

    private final Examiner examiner = new MailExaminer(
            new CheckSettings(
                    "mx.example.net",
                    true,
                    Duration.ofSeconds(30),
                    true,
                    true,
                    true,
                    true,
                    Set.of(),
                    OnFailure.DEFER,
                    OnFailure.DEFER),
            dns,
            Optional.empty(),
            Optional.empty(),
            new ReceiptFields(RECEIPTS, Optional.empty()),
            SessionObserver.NONE,
            Clock.systemUTC());
    private final Envelope envelope = Envelope.of(
            ReversePath.of(EmailAddress.of("alice@example.com")),
            List.of(EmailAddress.of("help@in.example.com")),
            new Client(InetAddress.ofLiteral("192.0.2.25"), 4711, "mx.example.com", "ESMTP", Optional.empty()));

    private final byte[] plain = header("");
    private final byte[] rsaRelaxed = header(signature("rsa", rsa, Canonicalization.RELAXED));
    private final byte[] rsaSimple = header(signature("rsa", rsa, Canonicalization.SIMPLE));
    private final byte[] ed25519Relaxed = header(signature("ed25519", ed25519, Canonicalization.RELAXED));
    private final byte[] sealed = header(set());

    /** One signature of the usual kind: header read, body hashed, key parsed, signature verified. */
    @Benchmark
    public List<DkimResult> rsa2048Relaxed() {
        return passing(rsaRelaxed);
    }

    @Benchmark
    public List<DkimResult> rsa2048Simple() {
        return passing(rsaSimple);
    }

    @Benchmark
    public List<DkimResult> ed25519Relaxed() {
        return passing(ed25519Relaxed);
    }

    /** The same header and body without a signature. */
    @Benchmark
    public List<DkimResult> unsigned() {
        HeaderBlock header = HeaderBlock.of(plain);
        return dkim.verify(header, hashes(header), dns);
    }

    /** One set of ARC with an RSA key: two signatures. */
    @Benchmark
    public ArcResult arcOneSet() {
        HeaderBlock header = HeaderBlock.of(sealed);
        ArcResult result = arc.validate(header, hashes(header), dns);
        if (result.status() != ArcResult.Status.PASS) {
            throw new IllegalStateException(result.reason());
        }
        return result;
    }

    /** SPF, DKIM, DMARC and ARC of a mail with one RSA signature, as the session has them made, trace fields included. */
    @Benchmark
    public Findings allFour() {
        try (Examiner.Examination examination = examiner.begin(envelope, ClientCheck.NONE)) {
            examination.header(rsaRelaxed);
            for (int at = 0; at < body.length; at += PIECE) {
                examination.body(body, at, Math.min(PIECE, body.length - at));
            }
            Findings findings = examination.finish(ID, MessageContent.of(body), true);
            for (Check check : List.of(Check.SPF, Check.DKIM, Check.DMARC)) {
                if (findings.verdicts().of(check).status() != Verdict.Status.PASS) {
                    throw new IllegalStateException(findings.verdicts().toString());
                }
            }
            return findings;
        }
    }

    /** The receipt that every mail gets. */
    @Benchmark
    public String receipt() {
        return new ReceiptFields(RECEIPTS, Optional.empty())
                .of(ID, HeaderBlock.of(plain), plain, BodyHashes.wanted(HeaderBlock.of(plain)));
    }

    /** Receipt and signature, the body hashed for it. */
    @Benchmark
    public String receiptAndSignature() {
        HeaderBlock header = HeaderBlock.of(plain);
        BodyHashes hashes = BodyHashes.wanted(header, Set.of(ReceivedSignature.BODY));
        for (int at = 0; at < body.length; at += PIECE) {
            hashes.update(body, at, Math.min(PIECE, body.length - at));
        }
        hashes.finish();
        return signing.of(ID, header, plain, hashes);
    }

    /** Only what is done while the body arrives. */
    @Benchmark
    public BodyHashes hashRelaxed() {
        return hashes(HeaderBlock.of(rsaRelaxed));
    }

    private List<DkimResult> passing(byte[] octets) {
        HeaderBlock header = HeaderBlock.of(octets);
        List<DkimResult> results = dkim.verify(header, hashes(header), dns);
        if (results.getFirst().result() != Result.PASS) {
            throw new IllegalStateException(results.toString());
        }
        return results;
    }

    private BodyHashes hashes(HeaderBlock header) {
        BodyHashes hashes = BodyHashes.wanted(header);
        for (int at = 0; at < body.length; at += PIECE) {
            hashes.update(body, at, Math.min(PIECE, body.length - at));
        }
        hashes.finish();
        return hashes;
    }

    private static byte[] header(String top) {
        return (top + FIELDS).getBytes(StandardCharsets.US_ASCII);
    }

    private String signature(String selector, KeyPair pair, Canonicalization form) {
        return signed(
                "DKIM-Signature: v=1; a=" + selector + "-sha256; c=" + form + "/" + form + "; d=example.com;\r\n s="
                        + selector + "; t=1795000000; h=" + String.join(":", NAMES) + ";\r\n bh=" + bodyHash(form)
                        + ";\r\n b=",
                pair,
                form,
                FIELDS,
                NAMES);
    }

    private String set() {
        String results = "ARC-Authentication-Results: i=1; mx.example.com; spf=pass; dkim=pass\r\n";
        String message = signed(
                "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=rsa;\r\n h="
                        + String.join(":", NAMES) + ";\r\n bh=" + bodyHash(Canonicalization.RELAXED) + ";\r\n b=",
                rsa,
                Canonicalization.RELAXED,
                FIELDS,
                NAMES);
        String seal = signed(
                "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.com; s=rsa;\r\n b=",
                rsa,
                Canonicalization.RELAXED,
                results + message,
                List.of("arc-authentication-results", "arc-message-signature"));
        return seal + message + results;
    }

    private static String signed(String field, KeyPair pair, Canonicalization form, String fields, List<String> names) {
        try {
            HeaderBlock header = HeaderBlock.of(fields.getBytes(StandardCharsets.US_ASCII));
            byte[] octets = new SignedFields(header)
                    .signedOctets(names, form, (field + "\r\n").getBytes(StandardCharsets.US_ASCII));
            boolean isRsa = pair.getPublic().getAlgorithm().equals("RSA");
            Signature signer = Signature.getInstance(isRsa ? "SHA256withRSA" : "Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(isRsa ? octets : MessageDigest.getInstance("SHA-256").digest(octets));
            return field + Base64.getEncoder().encodeToString(signer.sign()) + "\r\n";
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String bodyHash(Canonicalization form) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var canonicalizer = form.body(digest::update);
            canonicalizer.update(body, 0, body.length);
            canonicalizer.finish();
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] body() {
        String line = "The quick brown fox jumps over the lazy dog, and then it does so once again. \r\n";
        return (line.repeat(10 * 1024 / line.length()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] tail(byte[] info) {
        return Arrays.copyOfRange(info, info.length - 32, info.length);
    }

    /** Knows two keys. */
    private record Keys(String rsa, String ed25519) implements Dns {
        @Override
        public Answer<String> texts(String name) {
            return switch (name) {
                case "example.com" -> new Found<>(List.of("v=spf1 ip4:192.0.2.0/24 -all"), false);
                case "_dmarc.example.com" -> new Found<>(List.of("v=DMARC1; p=reject"), false);
                default -> new Found<>(List.of(name.startsWith("rsa.") ? rsa : ed25519), false);
            };
        }

        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            return new NoName<>();
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            return new NoName<>();
        }

        @Override
        public Answer<String> names(InetAddress address) {
            return new NoName<>();
        }
    }
}
