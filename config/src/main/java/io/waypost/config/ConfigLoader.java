package io.waypost.config;

import io.waypost.config.text.DataSize;
import io.waypost.config.text.Document;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the server's file and finds all its faults at once.
 *
 * <p>What is configuration itself (rule files, certificate, {@code ${file:PATH}}) is looked for from the file's folder; what the
 * server writes (data, objects, the log of mails) from the working directory.
 */
public final class ConfigLoader {

    private static final InetSocketAddress HTTP = InetSocketAddress.createUnresolved("127.0.0.1", 8080);
    // Stands where the name could not be read (RFC 2606 2); no server runs with it.
    private static final String NO_NAME = "unreadable.invalid";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path folder;
    private final Section root;
    private final Problems problems;
    private final Effective effective;

    private ConfigLoader(Path folder, Section root, Problems problems, Effective effective) {
        this.folder = folder;
        this.root = root;
        this.problems = problems;
        this.effective = effective;
    }

    /**
     * Reads a file. Nothing is written and nobody is asked: names stay unresolved.
     *
     * @param file the server's file
     * @param environment what {@code ${NAME}} stands for
     */
    public static ConfigResult load(Path file, Map<String, String> environment) {
        return load(file, environment, new Effective());
    }

    static ConfigResult load(Path file, Map<String, String> environment, Effective effective) {
        Path parent = file.getParent();
        Path folder = parent == null ? Path.of("") : parent;
        Problems problems = new Problems();
        Optional<Node> document = Document.read(file, new Substitution(environment, folder), problems);
        Optional<ConfigResult.Readable> readable = document.flatMap(node -> {
            Fields fields = node.fields(problems);
            WaypostConfig config =
                    new ConfigLoader(folder, new Section(fields, effective), problems, effective).config();
            return node instanceof Node.Mapping root
                    ? Optional.of(new ConfigResult.Readable(config, Doubts.of(root, fields.unknown(), problems.all())))
                    : Optional.empty();
        });
        return new ConfigResult(readable, problems.all());
    }

    private WaypostConfig config() {
        String hostname =
                root.required("hostname", HostPort::domain, name -> name).orElse(NO_NAME);
        Path data = path("data", Path.of("data"));
        SmtpSettings smtp = new SmtpReader(folder).read(root.section("smtp"));
        SubmissionSettings submission = SmtpReader.submission(root, smtp.listeners());
        List<String> domains = domains();
        DnsSettings dns = DnsReader.read(root.section("dns"));
        ChecksSettings checks = ChecksReader.read(root.section("checks"));
        List<FilterSettings> filters = FilterReader.read(root);
        TargetReader targets = new TargetReader(root);
        ObjectSettings objects = targets.objects(data);
        Map<String, WebhookSettings> webhooks = targets.webhooks();
        Map<String, FunctionSettings> functions = targets.functions();
        Map<String, List<SubscriberSettings>> topics = targets.topics();
        List<EventTargetSettings> eventTargets = targets.eventTargets();
        List<CidrBlock> privateSubscribers = targets.privateSubscribers();
        Map<String, EndpointSettings> endpoints = targets.endpoints();
        RetrySettings retry = retry(root.section("retry"));
        RulePatterns rules = rules();
        Section httpSection = root.section("http");
        InetSocketAddress http = http(httpSection, smtp, submission);
        URI httpUrl = httpUrl(httpSection, hostname, http);
        HttpLimits httpLimits = httpLimits(httpSection.section("limits"));
        List<CidrBlock> httpProxies = httpSection.list("proxies", List.of(), CidrBlock::of, CidrBlock::toString);
        httpSection.finish();
        OutboundSettings outbound = new OutboundReader(folder).read(root.section("outbound"));
        List<AccountSettings> accounts = AccountReader.accounts(root);
        SesSettings ses = AccountReader.ses(root.section("ses"));
        Duration history = root.duration("history", Duration.ofDays(30), Duration.ofHours(1), YEAR.multipliedBy(10));
        StoreSettings store = store(root.section("store"));
        WorkSettings work = work(root.section("work"));
        MailLogSettings mailLog = mailLog(root.section("mailLog"), data);
        root.finish();
        return new WaypostConfig(
                hostname,
                data,
                smtp,
                submission,
                domains,
                dns,
                checks,
                filters,
                objects,
                webhooks,
                functions,
                topics,
                eventTargets,
                privateSubscribers,
                endpoints,
                retry,
                rules,
                http,
                httpUrl,
                httpLimits,
                httpProxies,
                outbound,
                accounts,
                ses,
                history,
                store,
                work,
                mailLog,
                effective.text());
    }

    private Path path(String key, Path absent) {
        return root.value(key, absent, Paths::of, Path::toString);
    }

    private List<String> domains() {
        List<String> domains = root.list("domains", List.of(), HostPort::domain, name -> name);
        Map<String, Integer> count = new LinkedHashMap<>();
        domains.forEach(domain -> count.merge(domain, 1, Integer::sum));
        count.forEach((domain, times) -> {
            if (times > 1) {
                root.fault("domains", "'" + domain + "' stands here " + times + " times");
            }
        });
        return List.copyOf(count.keySet());
    }

    private static RetrySettings retry(Section section) {
        Duration first = section.duration("first", Duration.ofSeconds(5), Duration.ofMillis(100), YEAR);
        double factor = section.value("factor", 2.0, ConfigLoader::factor, Words::of);
        Duration max = section.duration("max", Duration.ofHours(1), Duration.ofMillis(100), YEAR);
        Duration giveUpAfter = section.duration("giveUpAfter", Duration.ofDays(3), SECOND, YEAR);
        if (first.compareTo(max) > 0) {
            section.fault("max", "'" + Words.of(max) + "' is shorter than 'first', '" + Words.of(first) + "'");
        }
        if (max.compareTo(giveUpAfter) > 0) {
            section.fault(
                    "giveUpAfter", "'" + Words.of(giveUpAfter) + "' is shorter than 'max', '" + Words.of(max) + "'");
        }
        section.finish();
        return new RetrySettings(first, factor, max, giveUpAfter);
    }

    private static double factor(String text) {
        if (text.matches("\\d{1,3}(\\.\\d{1,3})?")) {
            double factor = Double.parseDouble(text);
            if (factor >= 1 && factor <= 100) {
                return factor;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a number from 1 to 100, such as 2 or 1.5");
    }

    private RulePatterns rules() {
        List<String> patterns = root.list("rules", List.of("rules/*.yaml"), Paths::pattern, pattern -> pattern);
        RulePatterns rules = new RulePatterns(folder, patterns);
        // Whoever may use the API can make rule sets there.
        boolean needed = !root.has("accounts") && !root.has("ses");
        if (needed && patterns.isEmpty() && !problems.has(root.placeOf("rules"))) {
            root.fault("rules", "the list is empty; without rules no mail is accepted");
        }
        for (String pattern : patterns) {
            try {
                if (rules.matching(pattern).isEmpty() && needed) {
                    root.fault(
                            "rules",
                            "no file matches '" + pattern + "' in "
                                    + folder.toAbsolutePath().normalize());
                }
            } catch (IOException e) {
                root.fault("rules", "'" + pattern + "' cannot be listed: " + e);
            }
        }
        return rules;
    }

    private static InetSocketAddress http(Section section, SmtpSettings smtp, SubmissionSettings submission) {
        InetSocketAddress address = section.value("address", HTTP, HostPort::toListenOn, HostPort::format);
        List<SmtpSettings.Listener> listeners = new ArrayList<>(smtp.listeners());
        listeners.addAll(submission.listeners());
        for (SmtpSettings.Listener listener : listeners) {
            if (SmtpReader.collide(address, listener.address())) {
                section.fault(
                        "address",
                        "'" + HostPort.format(address) + "' collides with the SMTP listener on '"
                                + HostPort.format(listener.address()) + "'");
            }
        }
        return address;
    }

    private static URI httpUrl(Section section, String hostname, InetSocketAddress address) {
        URI absent = URI.create("http://" + hostname + ":" + address.getPort());
        return section.value("url", absent, TargetReader::endpoint, Words::of);
    }

    private static HttpLimits httpLimits(Section section) {
        int connections = section.number("connections", 1000, 1, 100_000);
        int perAddress = section.number("perAddress", Math.min(200, connections), 1, 100_000);
        int requests = section.number("requests", 256, 1, 10_000);
        int requestsPerAddress = section.number("requestsPerAddress", 128, 1, 100_000);
        int failedSignatures = section.number("failedSignatures", 30, 1, 100_000);
        if (perAddress > connections) {
            section.fault("perAddress", "'" + perAddress + "' is more than 'connections', '" + connections + "'");
        }
        section.finish();
        return new HttpLimits(connections, perAddress, requests, requestsPerAddress, failedSignatures);
    }

    private static StoreSettings store(Section section) {
        DataSize megabyte = DataSize.ofMegabytes(1);
        DataSize segmentSize =
                section.size("segmentSize", DataSize.ofMegabytes(64), megabyte.times(8), DataSize.ofMegabytes(1000));
        DataSize fileThreshold =
                section.size("fileThreshold", megabyte.times(2), new DataSize(1000), DataSize.ofMegabytes(100));
        DataSize reserve =
                section.size("reserve", DataSize.ofMegabytes(500), megabyte, DataSize.ofMegabytes(1_000_000));
        if (fileThreshold.bytes() > segmentSize.bytes() / 4) {
            section.fault(
                    "fileThreshold",
                    "'" + fileThreshold + "' is more than a quarter of 'segmentSize', '" + segmentSize + "'");
        }
        section.finish();
        return new StoreSettings(segmentSize, fileThreshold, reserve);
    }

    private static WorkSettings work(Section section) {
        int inHand = section.number("inHand", 1000, 1, 100_000);
        section.finish();
        return new WorkSettings(inHand);
    }

    private static MailLogSettings mailLog(Section section, Path data) {
        Path file = section.value("file", data.resolve("log").resolve("mail.jsonl"), Paths::of, Path::toString);
        DataSize megabyte = DataSize.ofMegabytes(1);
        DataSize rotateSize = section.size("rotateSize", megabyte.times(100), megabyte, megabyte.times(100_000));
        Duration rotateAge = section.duration("rotateAge", Duration.ofDays(1), Duration.ofMinutes(1), YEAR);
        int keep = section.number("keep", 14, 1, 1000);
        section.finish();
        return new MailLogSettings(file, rotateSize, rotateAge, keep);
    }
}
