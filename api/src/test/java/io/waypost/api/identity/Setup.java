package io.waypost.api.identity;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.check.Verifier;
import io.waypost.api.identity.confirm.Confirmations;
import io.waypost.api.identity.v1.DkimOperations;
import io.waypost.api.identity.v1.MailFromOperations;
import io.waypost.api.identity.v1.NotificationOperations;
import io.waypost.api.identity.v1.VerificationOperations;
import io.waypost.api.identity.v2.AttributeOperations;
import io.waypost.api.identity.v2.EmailIdentityOperations;
import io.waypost.api.identity.v2.TagOperations;
import io.waypost.api.secret.Sealing;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.port.Submission;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Identities with everything around them, on fakes; {@link #restart} begins anew with what was stored. */
public final class Setup {

    public static final String HOST = "mail.host.test";
    public static final Scope HERE = new Scope("123456789012", "us-east-1");
    public static final Scope ELSEWHERE = new Scope("123456789012", "eu-west-1");
    /** How long the record of a retired key is needed. */
    public static final Duration STAY_PUBLISHED = Duration.ofDays(10);

    public static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:feedback";

    private static final Map<Integer, List<KeyPair>> PAIRS = new ConcurrentHashMap<>();

    /** A mail that was submitted. */
    public record Sent(EmailAddress to, String text) {}

    public final MemorySettings settings = new MemorySettings();
    public final Zone zone = new Zone();
    public final Ticking clock = new Ticking(Instant.parse("2026-03-01T12:00:00Z"));
    public final List<Sent> sent = new CopyOnWriteArrayList<>();
    public final List<String> told = new CopyOnWriteArrayList<>();
    public boolean submissionFails;

    public IdentityBook book;
    public Identities identities;
    public IdentitySettings identitySettings;
    public Verifier verifier;
    public Confirmations confirmations;
    public DkimKeys keys;
    public Operations operations;

    private final Verification verification;
    private final Random random = new Random(7);
    private Path data;

    public Setup(Path data, Verification verification) throws IOException {
        this.data = data;
        this.verification = verification;
        restart();
    }

    public Setup(Path data) throws IOException {
        this(data, Verification.DNS);
    }

    /** Keys take long: each length has a few, which are used in turn. */
    public static KeySource fewKeys() {
        int[] next = {0};
        KeySource source = KeySource.of(new SecureRandom());
        return new KeySource() {
            @Override
            public KeyPair pair(int bits) {
                List<KeyPair> pairs = PAIRS.computeIfAbsent(
                        bits, _ -> List.of(source.pair(bits), source.pair(bits), source.pair(bits), source.pair(bits)));
                synchronized (next) {
                    return pairs.get(next[0]++ % pairs.size());
                }
            }

            @Override
            public KeyPair ed25519() {
                return source.ed25519();
            }
        };
    }

    /** Another folder with another master key. */
    public void moveData(Path other) {
        data = other;
    }

    public void restart() throws IOException {
        restart(List.of("configured.test"));
    }

    public void restart(List<String> domains) throws IOException {
        Tokens tokens = new Tokens(random);
        keys = new DkimKeys(fewKeys(), new Sealing(data, new SecureRandom()), tokens);
        Configured configured =
                Configured.of(HERE.account(), domains.stream().map(Domain::new).toList());
        book = IdentityBook.load(
                settings, configured, keys, clock, (scope, verified) -> told.add(scope.region() + " " + verified));
        verifier = new Verifier(book, zone, HOST, verification, STAY_PUBLISHED, Chore.NONE, clock);
        confirmations =
                new Confirmations(book, submission(), HOST, URI.create("https://mail.host.test/"), tokens, clock);
        identities = new Identities(book, keys, tokens, verification, confirmations, clock);
        identitySettings = new IdentitySettings(
                book, verification, (_, arn) -> arn.equals(TOPIC), (_, name) -> name.equals("events"), clock);
        IdentityReader reader = new IdentityReader(book, verifier);
        operations = new Operations.Builder()
                .add(new VerificationOperations(identities, reader))
                .add(new DkimOperations(identities, identitySettings, reader))
                .add(new MailFromOperations(identitySettings, reader))
                .add(new NotificationOperations(identitySettings, reader))
                .add(new EmailIdentityOperations(identities, identitySettings, reader, HOST))
                .add(new AttributeOperations(identities, identitySettings, HOST))
                .add(new TagOperations(List.of(TagOperations.identities(identitySettings))))
                .build();
    }

    private Submission submission() {
        return (from, to, content, key) -> {
            if (submissionFails) {
                throw new IOException("the spool is full");
            }
            sent.add(new Sent(to.getFirst(), text(content)));
            return MessageId.next(clock.instant(), random);
        };
    }

    private static String text(MessageContent content) throws IOException {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public Identity identity(String name) {
        return book.find(HERE, new IdentityName(name)).orElseThrow();
    }

    public List<DnsRecord> records(String name) {
        return new DnsRecords(HOST).of(identity(name));
    }

    public Record call(Api api, String operation, Record input) throws ServiceException, IOException {
        return call(HERE, api, operation, input);
    }

    /** What the front door does: the operation by its name, with a request of its own type. */
    @SuppressWarnings("unchecked")
    public Record call(Scope scope, Api api, String operation, Record input) throws ServiceException, IOException {
        var bound = (Operations.Bound<Record, Record>)
                operations.find(new Operations.Name(api, operation)).orElseThrow();
        Caller caller = new Caller(scope, "AKIDEXAMPLE", "00000000-0000-0000-0000-000000000000");
        return bound.output()
                .cast(bound.operation().answer(caller, bound.input().cast(input)));
    }

    /** {@code CODE: message} of the refusal. */
    public String refusal(Api api, String operation, Record input) throws IOException {
        try {
            Record answer = call(api, operation, input);
            throw new AssertionError("not refused: " + answer);
        } catch (ServiceException e) {
            return e.error() + ": " + e.words();
        }
    }

    /** What stands in the store, as another process reads it. */
    public List<Identity> stored() throws IOException {
        List<Identity> stored = new ArrayList<>();
        for (var setting : settings.list(IdentityText.KIND)) {
            stored.add(IdentityText.read(setting));
        }
        return stored;
    }

    /** What was found about ownership, DKIM and MAIL FROM. */
    public String states(String name) {
        Identity identity = identity(name);
        return identity.state() + " " + identity.dkim().proof().state() + " "
                + identity.mailFrom()
                        .map(MailFrom::proof)
                        .map(Proof::state)
                        .map(Enum::name)
                        .orElse("-");
    }
}
