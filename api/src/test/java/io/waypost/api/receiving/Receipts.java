package io.waypost.api.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.api.Calls;
import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import io.waypost.message.Domain;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.rules.book.RuleBook;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.OwnDomains;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The receiving operations over settings and an archive in memory. */
final class Receipts {

    static final Scope HOME = Calls.HERE;
    static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:inbound";
    static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    final MemorySettings settings;
    final Archive archive = new Archive();
    final Targets targets = new Targets();
    final List<RuleFile> files = new ArrayList<>();
    final RuleFileReader reader = new RuleFileReader(
            AnyAction.handlers(),
            new OwnDomains(List.of(new Domain("example.com"))),
            new Substitution(Map.of("SECRET", "s3cret"), Path.of("")));
    final RuleBook book = new RuleBook(archive, reader, HOME, false, CLOCK);
    final ReceiptRuleSets sets;
    final Operations operations;

    Receipts() throws IOException {
        this(new MemorySettings());
    }

    /** After a restart: the same settings. */
    Receipts(MemorySettings settings) throws IOException {
        this.settings = settings;
        this.sets = new ReceiptRuleSets(settings, book, reader, new Files(), CLOCK);
        ReceiptFilters filters = new ReceiptFilters(settings, book, CLOCK);
        sets.load();
        filters.load();
        operations = new Operations.Builder()
                .add(new RuleSetOperations(sets))
                .add(new RuleOperations(sets, reader, targets, CLOCK))
                .add(new FilterOperations(filters))
                .build();
    }

    /** Calls an operation as this scope. */
    Record call(Scope scope, String operation, Record input) throws ServiceException, IOException {
        return new Calls(operations, scope).call(Api.SES, operation, input);
    }

    Record call(String operation, Record input) throws ServiceException, IOException {
        return call(HOME, operation, input);
    }

    void create(String set, String... rules) throws ServiceException, IOException {
        call("CreateReceiptRuleSet", new RuleSetOperations.Named(set));
        String after = null;
        for (String rule : rules) {
            call("CreateReceiptRule", new RuleOperations.Create(set, after, rule(rule)));
            after = rule;
        }
    }

    static ReceiptRule rule(String name, ReceiptAction... actions) {
        return new ReceiptRule(name, true, null, null, List.of(actions), null);
    }

    List<String> rules(String set) throws ServiceException, IOException {
        var described = (RuleSetOperations.Described) call("DescribeReceiptRuleSet", new RuleSetOperations.Named(set));
        return described.rules().stream().map(ReceiptRule::name).toList();
    }

    void activate(String set) throws ServiceException, IOException {
        call("SetActiveReceiptRuleSet", new RuleSetOperations.Activate(set));
    }

    /** The active rule set. */
    CompiledRuleSet inForce() {
        return book.active().orElseThrow();
    }

    void filter(String name, String policy, String cidr) throws ServiceException, IOException {
        call(
                "CreateReceiptFilter",
                new FilterOperations.Create(new ReceiptFilter(name, new ReceiptFilter.IpFilter(policy, cidr))));
    }

    /** The call is refused with this error and these words. */
    static void refused(String error, String words, ThrowingCallable call) {
        ServiceException refused = catchThrowableOfType(ServiceException.class, call);
        assertThat(refused).as("%s %s", error, words).isNotNull();
        assertThat(refused.error() + ": " + refused.words()).isEqualTo(error + ": " + words);
    }

    void file(String text) {
        Problems problems = new Problems();
        files.add(reader.read("rules/main.yaml", text, Ownership.REQUIRED, problems)
                .orElseThrow(() -> new AssertionError(problems.toString())));
    }

    private final class Files implements ReceiptRuleSets.Files {
        @Override
        public Scope home() {
            return HOME;
        }

        @Override
        public List<RuleFile> now() {
            return files;
        }

        @Override
        public Instant readAt() {
            return NOW;
        }
    }

    /** Everything works but what is named {@code bad}. */
    static final class Targets implements ReceiptTargets {
        final List<String> tried = new ArrayList<>();

        @Override
        public void tryBucket(Scope scope, ReceiptAction.S3Action action) throws ServiceException {
            if (action.bucketName().equals("bad")) {
                throw new ServiceException(
                        "InvalidS3ConfigurationException",
                        "Could not write to bucket: bad",
                        Map.of("Bucket", action.bucketName()));
            }
            tried.add("s3 " + action.bucketName());
        }

        @Override
        public void tryTopic(Scope scope, String topicArn, String json) {
            tried.add("sns " + topicArn + " " + json);
        }

        @Override
        public boolean knowsKey(String kmsKeyArn) {
            return !kmsKeyArn.contains("bad");
        }

        @Override
        public boolean knowsTopic(Scope scope, String topicArn) {
            return !topicArn.contains("bad");
        }

        @Override
        public boolean knowsFunction(String functionArn) {
            return !functionArn.contains("bad");
        }

        @Override
        public boolean isVerified(Scope scope, String address) {
            return !address.contains("bad");
        }
    }

    static final class Archive implements RuleSetArchive {
        private final Map<RuleSetVersion, String> texts = new HashMap<>();
        private final Map<String, Integer> newest = new HashMap<>();
        boolean broken;

        @Override
        public RuleSetVersion publish(String name, String text, Instant at) throws IOException {
            if (broken) {
                throw new IOException("the disk is full");
            }
            RuleSetVersion version = new RuleSetVersion(name, newest.merge(name, 1, Integer::sum));
            texts.put(version, text);
            return version;
        }

        @Override
        public int forget(int keep, Set<RuleSetVersion> active) {
            return 0;
        }

        @Override
        public Optional<String> text(RuleSetVersion version) {
            return Optional.ofNullable(texts.get(version));
        }
    }
}
