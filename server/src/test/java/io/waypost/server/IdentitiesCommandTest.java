package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.identity.AddressProof;
import io.waypost.api.identity.ConfigurationSetNames;
import io.waypost.api.identity.Configured;
import io.waypost.api.identity.DkimKeys;
import io.waypost.api.identity.Ed25519Requests;
import io.waypost.api.identity.Identities;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentitySettings;
import io.waypost.api.identity.KeySource;
import io.waypost.api.identity.RotationRequests;
import io.waypost.api.identity.Tokens;
import io.waypost.api.identity.TopicNames;
import io.waypost.api.identity.Verification;
import io.waypost.api.secret.Sealing;
import io.waypost.message.Domain;
import io.waypost.message.Scope;
import io.waypost.message.port.Settings.Change;
import io.waypost.message.port.Settings.Key;
import io.waypost.outbound.account.Reputation;
import io.waypost.server.support.Setup;
import io.waypost.store.EmbeddedStore;
import io.waypost.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be published, read from the store while a server has it open. */
class IdentitiesCommandTest {

    private static final Scope HERE = new Scope("123456789012", "us-east-1");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String RULES = """
            name: main
            active: true
            rules: [ { name: all, actions: [ { stop: {} } ] } ]
            """;

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws IOException {
        setup = new Setup(folder)
                .with("accounts: [ { id: \"123456789012\" } ]\n")
                .rules(RULES)
                .write();
    }

    private Ran identities(String... words) {
        String[] all = List.of(words).toArray(new String[words.length + 3]);
        System.arraycopy(words, 0, all, 1, words.length);
        all[0] = "identities";
        all[words.length + 1] = "--config";
        all[words.length + 2] = setup.config().toString();
        return Ran.command(all);
    }

    private EmbeddedStore store() throws IOException {
        Files.createDirectories(setup.data());
        return EmbeddedStore.open(
                new StoreSettings(setup.data(), 8 << 20, 1 << 20, 4 << 20, 1 << 20), Clock.systemUTC());
    }

    /** As the server has them; the same domains as in the configuration. */
    private final class Serving {

        private final IdentityBook book;
        private final DkimKeys keys;
        private final Tokens tokens = new Tokens(RANDOM);

        Serving(EmbeddedStore store) throws IOException {
            keys = new DkimKeys(KeySource.of(RANDOM), new Sealing(setup.data(), RANDOM), tokens);
            book = IdentityBook.load(
                    store.settings(),
                    Configured.of(HERE.account(), List.of(new Domain("example.test"))),
                    keys,
                    Clock.systemUTC(),
                    (scope, verified) -> {});
        }

        Identities identities() {
            AddressProof nobody = (scope, address) -> {};
            return new Identities(book, keys, tokens, Verification.DNS, nobody, Clock.systemUTC());
        }

        Ed25519Requests ed25519(EmbeddedStore store) {
            return new Ed25519Requests(
                    store.settings(), book, keys, Verification.DNS, Duration.ofDays(1), Clock.systemUTC());
        }

        IdentitySettings settings() {
            TopicNames topics = (scope, arn) -> false;
            ConfigurationSetNames sets = (scope, name) -> false;
            return new IdentitySettings(book, Verification.DNS, topics, sets, Clock.systemUTC());
        }
    }

    @Test
    void beforeTheFirstStartThereAreThoseOfTheConfiguration() {
        Ran list = identities("list");
        assertThat(list.err()).isEmpty();
        assertThat(list.out().lines())
                .containsExactly("example.test  SUCCESS  from the configuration, in every region", "1 identity");

        Ran records = identities("records", "Example.test");
        assertThat(records.out().lines()).last().isEqualTo("example.test. IN MX 10 mx.example.test.");

        Ran none = identities("records", "unknown.test");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("there is no identity unknown.test");
    }

    @Test
    void besideAServerThereIsWhatItHas() throws Exception {
        try (EmbeddedStore store = store()) {
            Serving serving = new Serving(store);
            Identity made = serving.identities().verifyDkim(HERE, "shop.test");
            serving.settings().mailFrom(HERE, "shop.test", Optional.of("b.shop.test"), Optional.empty());
            serving.identities().verifyAddress(new Scope("123456789012", "eu-west-1"), "info@shop.test");
            serving.identities().verifyDomain(HERE, "example.test");

            assertThat(identities("list").out().lines())
                    .containsExactly(
                            "example.test  SUCCESS  from the configuration, in every region",
                            "info@shop.test  PENDING  123456789012/eu-west-1  DKIM NOT_STARTED",
                            "example.test  SUCCESS  123456789012/us-east-1  DKIM NOT_STARTED",
                            "shop.test  PENDING  123456789012/us-east-1  DKIM PENDING  MAIL FROM b.shop.test PENDING",
                            "4 identities");

            List<String> lines =
                    identities("records", "shop.test").out().lines().toList();
            assertThat(lines)
                    .startsWith("; 123456789012/us-east-1", "; so that mail comes here")
                    .contains(
                            "shop.test. IN MX 10 mx.example.test.",
                            "_amazonses.shop.test. IN TXT \""
                                    + made.ownership().token().orElseThrow() + "\"",
                            "b.shop.test. IN MX 10 mx.example.test.",
                            "b.shop.test. IN TXT \"v=spf1 include:mx.example.test ~all\"",
                            "mx.example.test. IN TXT \"v=spf1 a -all\"");
            for (String token : made.dkim().tokens()) {
                assertThat(lines).anyMatch(line -> line.startsWith(token + "._domainkey.shop.test. IN TXT \"v=DKIM1;"));
            }
            assertThat(identities("records", "example.test").out()).doesNotContain("_amazonses");
        }
    }

    @Test
    void aNewKeyIsAskedForBesideTheServerThatMakesIt() throws Exception {
        try (EmbeddedStore store = store()) {
            Serving serving = new Serving(store);
            Identity made = serving.identities().verifyDkim(HERE, "shop.test");
            serving.identities().verifyDomain(HERE, "bare.test");
            assertThat(identities("rotate", "bare.test").err()).contains("no identity bare.test with DKIM keys");
            assertThat(identities("rotate", "unknown.test").exitCode()).isEqualTo(1);

            Ran asked = identities("rotate", "Shop.test");
            assertThat(asked.err()).isEmpty();
            assertThat(asked.out()).contains("asked for 1 new key of shop.test");
            new RotationRequests(store.settings(), serving.book, serving.identities(), Clock.systemUTC()).done();
            assertThat(serving.book.find(HERE, made.name()).orElseThrow().dkim().tokens())
                    .as("nothing was published yet: all are new")
                    .hasSize(3)
                    .doesNotContainAnyElementsOf(made.dkim().tokens());
        }
    }

    @Test
    void anEd25519KeyIsAskedForAndTakenAway() throws Exception {
        try (EmbeddedStore store = store()) {
            Serving serving = new Serving(store);
            serving.identities().verifyDkim(HERE, "shop.test");
            assertThat(identities("ed25519", "unknown.test", "on").err())
                    .startsWith("waypost: there is no identity unknown.test with DKIM keys in ");
            assertThat(identities("ed25519", "shop.test", "maybe").err())
                    .isEqualToIgnoringNewLines("waypost: on or off is wanted, and not maybe");

            Ran on = identities("ed25519", "Shop.test", "on");
            assertThat(on.err()).isEmpty();
            assertThat(on.out()).contains("asked for 1 Ed25519 key of shop.test");
            serving.ed25519(store).done();
            assertThat(store.settings().list(Ed25519Requests.KIND)).isEmpty();
            assertThat(identities("list").out()).contains("DKIM PENDING, Ed25519 PENDING");
            assertThat(identities("records", "shop.test").out().lines())
                    .contains("; Ed25519, PENDING; it signs beside the others as long as it is seen")
                    .anyMatch(line -> line.matches(
                            "[a-z2-7]{32}\\._domainkey\\.shop\\.test\\. IN TXT \"v=DKIM1; k=ed25519; p=.{44}\""));

            assertThat(identities("ed25519", "shop.test", "off").out()).contains("sign shop.test with RSA only");
            serving.ed25519(store).done();
            assertThat(identities("list").out()).doesNotContain("Ed25519");
        }
    }

    @Test
    void ratesAreListedAndTheHighOnesMarked() throws Exception {
        assertThat(identities("rates").out().lines()).containsExactly("0 identities and sets with mail in two weeks");
        long hour = Instant.now().getEpochSecond() / 3600 * 3600;
        try (EmbeddedStore store = store()) {
            store.settings()
                    .apply(
                            List.of(
                                    new Change.Put(
                                            new Key(HERE, Reputation.KIND, "identity shop.test"), hour + " 1000 50 0"),
                                    new Change.Put(new Key(HERE, Reputation.KIND, "set main"), hour + " 999 0 1")),
                            Instant.now());
            assertThat(identities("rates").out().lines())
                    .containsExactly(
                            "identity shop.test  123456789012/us-east-1  1,000 recipients, 50 bounced (5.00 %),"
                                    + " 0 complained (0.000 %)  TOO HIGH",
                            "set main  123456789012/us-east-1  999 recipients, 0 bounced (0.00 %), 1 complained (0.100 %)",
                            "2 identities and sets with mail in two weeks");
        }
    }

    @Test
    void theRealStoreKeepsKeysOverARestart() throws Exception {
        Identity made;
        byte[] key;
        try (EmbeddedStore store = store()) {
            Serving serving = new Serving(store);
            made = serving.identities().verifyDkim(HERE, "shop.test");
            key = serving.keys.open(made, made.dkim().keys().getFirst()).getEncoded();
        }
        try (EmbeddedStore store = store()) {
            Serving serving = new Serving(store);
            assertThat(serving.book.find(HERE, made.name())).contains(made);
            assertThat(serving.keys.open(made, made.dkim().keys().getFirst()).getEncoded())
                    .isEqualTo(key);
        }
    }
}
