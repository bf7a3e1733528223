package io.waypost.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.config.text.Document;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.config.text.Substitution;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, its server's configuration and the Dockerfile speak of the same names, ports and files. */
class StackTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::-([^}]*))?}");

    private final Problems problems = new Problems();

    private Fields compose() {
        return Document.read(ROOT.resolve("docker-compose.yml"), Substitution.NONE, problems)
                .orElseThrow()
                .fields(problems);
    }

    private Map<String, Fields> services() {
        Map<String, Fields> services = new LinkedHashMap<>();
        compose().fields("services").all().forEach((name, node) -> services.put(name, node.fields(problems)));
        assertThat(problems.all()).isEmpty();
        return services;
    }

    private Map<String, String> environment() {
        Fields environment = services().get("waypost").fields("environment");
        return environment.all().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> withDefaults(environment.text(name, ""))));
    }

    private static String withDefaults(String text) {
        return VARIABLE.matcher(text).replaceAll(match -> String.valueOf(match.group(2)));
    }

    private WaypostConfig config() {
        ConfigResult result = ConfigLoader.load(Path.of("compose.yaml"), environment());
        assertThat(result.problems()).isEmpty();
        return result.config().orElseThrow();
    }

    private Set<Integer> containerPorts(Fields service) {
        Set<Integer> ports = new TreeSet<>();
        for (String text : service.texts("ports")) {
            ports.add(Integer.valueOf(text.substring(text.lastIndexOf(':') + 1)));
        }
        service.texts("expose").forEach(text -> ports.add(Integer.valueOf(text)));
        return ports;
    }

    @Test
    void everyServiceIsComplete() {
        assertThat(services().keySet()).containsExactlyInAnyOrder("waypost", "objects", "hooks", "rspamd", "clamav");
        services().forEach((name, service) -> {
            assertThat(service.has("image") || service.has("build")).as(name).isTrue();
            assertThat(service.text("image", ""))
                    .as(name)
                    .matches("[a-z/-]+:[a-z0-9.]+")
                    .doesNotEndWith(":latest");
            assertThat(service.text("restart", "")).as(name).isEqualTo("unless-stopped");
            Fields health = service.fields("healthcheck");
            assertThat(health.texts("test"))
                    .as(name)
                    .hasSizeGreaterThan(1)
                    .first()
                    .asString()
                    .startsWith("CMD");
            assertThat(health.has("interval") && health.has("timeout") && health.has("retries"))
                    .as(name)
                    .isTrue();
        });
    }

    @Test
    void everyNameWithinTheFileIsDeclared() {
        Fields compose = compose();
        Set<String> volumes = compose.fields("volumes").all().keySet();
        Set<String> configs = compose.fields("configs").all().keySet();
        Map<String, Fields> services = services();
        services.forEach((name, service) -> {
            service.fields("depends_on").all().keySet().forEach(other -> assertThat(services)
                    .containsKey(other));
            for (String volume : service.texts("volumes")) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(ROOT.resolve(source)).exists();
                } else {
                    assertThat(volumes).contains(source);
                }
            }
            for (Node config : service.items("configs")) {
                assertThat(configs).contains(config.fields(problems).required("source"));
            }
        });
        assertThat(compose.fields("volumes").all()).isNotEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void everyPortIsOpenToThisMachineOnly() {
        services().forEach((name, service) -> assertThat(service.texts("ports"))
                .as(name)
                .allSatisfy(port -> assertThat(port).matches("127\\.0\\.0\\.1:\\d+:\\d+")));
        List<String> published = services().values().stream()
                .flatMap(service -> service.texts("ports").stream())
                .map(port -> port.substring(0, port.lastIndexOf(':')))
                .toList();
        assertThat(published).doesNotHaveDuplicates();
    }

    @Test
    void theServersVariablesAreThoseItsConfigurationNames() throws IOException {
        String text = Files.readAllLines(Path.of("compose.yaml")).stream()
                .map(line -> line.replaceFirst("(^| )#.*", ""))
                .collect(Collectors.joining("\n"));
        Set<String> named =
                VARIABLE.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());

        assertThat(environment().keySet()).isEqualTo(named);
    }

    @Test
    void everyAddressOfTheConfigurationIsAServiceWithThatPort() {
        WaypostConfig config = config();
        List<URI> targets = new ArrayList<>();
        config.objects().s3().ifPresent(s3 -> targets.add(s3.endpoint()));
        config.webhooks().values().forEach(webhook -> targets.add(webhook.url()));
        config.checks().spam().ifPresent(spam -> targets.add(spam.rspamd()));
        config.checks()
                .virus()
                .map(virus -> (InetSocketAddress) virus.clamd())
                .ifPresent(clamd -> targets.add(URI.create("clamd://" + HostPort.format(clamd))));

        assertThat(targets).hasSize(4).allSatisfy(target -> {
            assertThat(services()).containsKey(target.getHost());
            assertThat(containerPorts(services().get(target.getHost()))).contains(target.getPort());
        });
    }

    @Test
    void thePublishedPortsAreTheListeners() {
        WaypostConfig config = config();
        Set<Integer> listening = new TreeSet<>();
        config.smtp().listeners().forEach(listener -> {
            assertThat(listener.address().getHostString()).isEqualTo("0.0.0.0");
            listening.add(listener.address().getPort());
        });
        config.submission().listeners().forEach(listener -> {
            assertThat(listener.address().getHostString()).isEqualTo("0.0.0.0");
            listening.add(listener.address().getPort());
        });
        assertThat(config.http().getHostString()).isEqualTo("0.0.0.0");
        listening.add(config.http().getPort());

        assertThat(containerPorts(services().get("waypost"))).isEqualTo(listening);
        assertThat(dockerfile("EXPOSE"))
                .containsExactly(
                        listening.stream().map(String::valueOf).sorted().collect(Collectors.joining(" ")));
    }

    @Test
    void theRulesNameABucketAndAWebhookThatExist() throws IOException {
        String objects = String.join("\n", services().get("objects").texts("command"));
        String identities = compose().fields("configs").fields("s3-identities").required("content");
        Set<String> buckets = new TreeSet<>();
        Set<String> webhooks = new TreeSet<>();
        for (Path file : config().rules().files()) {
            Fields rules = Document.read(file, Substitution.NONE, problems)
                    .orElseThrow()
                    .fields(problems);
            for (Node rule : rules.items("rules")) {
                for (Node action : rule.fields(problems).items("actions")) {
                    Fields actions = action.fields(problems);
                    actions.fields("s3").text("bucket").ifPresent(buckets::add);
                    actions.fields("webhook").text("to").ifPresent(webhooks::add);
                }
            }
        }

        assertThat(buckets).isNotEmpty().allSatisfy(bucket -> assertThat(objects)
                .contains("s3.bucket.create -name " + bucket));
        assertThat(webhooks).isNotEmpty().isSubsetOf(config().webhooks().keySet());
        // Both sides have the same keys, whatever is set in the environment.
        Fields environment = services().get("waypost").fields("environment");
        assertThat(identities)
                .contains("\"accessKey\": \"" + environment.required("S3_ACCESS_KEY") + "\"")
                .contains("\"secretKey\": \"" + environment.required("S3_SECRET_KEY") + "\"");
        assertThat(Document.read("s3.json", identities, Substitution.NONE, problems))
                .isPresent();
    }

    private static List<String> dockerfile(String instruction) {
        try {
            String text = Files.readString(ROOT.resolve("Dockerfile")).replace("\\\n", " ");
            return text.lines()
                    .filter(line -> line.startsWith(instruction + " "))
                    .map(line -> line.substring(instruction.length()).strip())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> jsonWords(String text) {
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void theImageHoldsWhatItStarts() {
        Set<String> inImage = new TreeSet<>();
        for (String copy : dockerfile("COPY").subList(1, dockerfile("COPY").size())) {
            List<String> words = new ArrayList<>(List.of(copy.split(" +")));
            boolean fromBuild = words.getFirst().startsWith("--from=");
            words.removeIf(word -> word.startsWith("--"));
            String target = words.removeLast();
            for (String source : words) {
                if (!fromBuild) {
                    assertThat(ROOT.resolve(source)).exists();
                }
                inImage.add(target.endsWith("/") ? target + Path.of(source).getFileName() : target);
            }
        }
        List<String> start = jsonWords(dockerfile("ENTRYPOINT").getFirst());
        List<String> command = jsonWords(dockerfile("CMD").getFirst());

        assertThat(inImage).contains(start.getFirst(), command.getLast(), "/opt/waypost/server/target/dist");
        assertThat(start).containsExactly("/opt/waypost/waypost");
        assertThat(ROOT.resolve("waypost")).as("the launcher").isRegularFile().isExecutable();
        assertThat(command.getFirst()).isEqualTo("serve");
        assertThat(dockerfile("HEALTHCHECK")).singleElement().asString().contains("/opt/waypost/ready");
        assertThat(inImage).contains("/opt/waypost/ready");
        List<String> compose = services().get("waypost").texts("command");
        assertThat(inImage).contains(compose.getLast());
        assertThat(services().get("waypost").fields("healthcheck").texts("test"))
                .contains("/opt/waypost/ready", String.valueOf(config().http().getPort()));
    }

    @Test
    void theImageRunsAsAUserOfItsOwnOnAJavaRuntimeAndKeepsItsStateInAVolume() {
        assertThat(dockerfile("FROM")).hasSize(2).last().asString().endsWith("25-jre");
        assertThat(dockerfile("USER")).containsExactly("waypost");
        assertThat(dockerfile("VOLUME")).containsExactly(config().data().toString());
        assertThat(services().get("waypost").texts("volumes"))
                .anyMatch(volume -> volume.endsWith(":" + config().data()));
    }
}
