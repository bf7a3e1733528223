package io.waypost.config;

import io.waypost.config.SubscriberSettings.Camel;
import io.waypost.config.SubscriberSettings.Http;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where mail goes: objects, webhooks, topics and endpoints. */
final class TargetReader {

    private static final Pattern CAMEL = Pattern.compile("[a-z][a-z0-9+.-]*:\\S+");
    private static final Pattern EVENT_TARGET = Pattern.compile(
            "arn:aws[a-z-]*:(?:firehose|kinesis|events):[a-z0-9-]{1,63}:[0-9]{12}:(?:deliverystream|stream|event-bus)/"
                    + "[A-Za-z0-9_.-]{1,256}");
    private static final int SHORTEST_SECRET = 16;

    private final Section root;

    TargetReader(Section root) {
        this.root = root;
    }

    ObjectSettings objects(Path data) {
        Section section = root.section("objects");
        Path folder = section.value("folder", data.resolve("objects"), Paths::of, Path::toString);
        Optional<ObjectSettings.S3> s3 = section.has("s3") ? s3(section.section("s3")) : section.none("s3");
        section.finish();
        return new ObjectSettings(folder, s3);
    }

    private static Optional<ObjectSettings.S3> s3(Section section) {
        Optional<URI> endpoint = section.required("endpoint", TargetReader::endpoint, Words::of);
        String region = section.value("region", "us-east-1", Section::name, name -> name);
        Optional<Secret> accessKey = section.required("accessKey", TargetReader::secret, Secret::toString);
        Optional<Secret> secretKey = section.required("secretKey", TargetReader::secret, Secret::toString);
        boolean pathStyle = section.flag("pathStyle", true);
        // AWS Signature Version 4 allows no more.
        Duration linkExpiry = section.duration("linkExpiry", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(7));
        List<KmsKeySettings> kmsKeys = kmsKeys(section);
        section.finish();
        return endpoint.flatMap(uri -> accessKey.flatMap(access -> secretKey.map(
                secret -> new ObjectSettings.S3(uri, region, access, secret, pathStyle, linkExpiry, kmsKeys))));
    }

    private enum KeyType {
        SSE_S3,
        SSE_KMS
    }

    private static List<KmsKeySettings> kmsKeys(Section s3) {
        Map<String, KmsKeySettings> keys = new LinkedHashMap<>();
        for (Section section : s3.sections("kmsKeys")) {
            Optional<String> arn = section.required("arn", TargetReader::printable, text -> text);
            KeyType type = section.choice("type", KeyType.class, KeyType.SSE_KMS);
            Optional<String> key = section.optional("key", TargetReader::printable, text -> text);
            section.finish();
            if (type == KeyType.SSE_S3 && key.isPresent()) {
                section.fault("key", "it goes with type sse-kms; sse-s3 has keys of its own");
            }
            arn.ifPresent(name -> {
                if (keys.put(name, new KmsKeySettings(name, type == KeyType.SSE_KMS, key)) != null) {
                    section.fault("arn", "'" + name + "' stands here twice");
                }
            });
        }
        return List.copyOf(keys.values());
    }

    // It becomes a header value.
    private static String printable(String text) {
        if (text.length() > 2048 || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("printable ASCII without spaces is needed");
        }
        return text;
    }

    Map<String, FunctionSettings> functions() {
        Map<String, FunctionSettings> functions = new LinkedHashMap<>();
        root.named("functions", "NAME").forEach((name, sections) -> {
            Section section = sections.getFirst();
            boolean api = section.has("lambda");
            if (api == section.has("url")) {
                section.fault("url", "a function has either 'url' or 'lambda'");
            }
            Optional<URI> url = section.optional(
                    api ? "lambda" : "url", api ? TargetReader::endpoint : TargetReader::url, Words::of);
            Optional<Secret> secret = section.optional("secret", TargetReader::signingSecret, Secret::toString);
            Duration timeout =
                    section.duration("timeout", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMinutes(15));
            int concurrency = section.number("concurrency", 32, 1, 10_000);
            boolean allowPrivate = section.flag("allowPrivate", false);
            section.finish();
            url.ifPresent(to ->
                    functions.put(name, new FunctionSettings(to, api, secret, timeout, concurrency, allowPrivate)));
        });
        return functions;
    }

    Map<String, WebhookSettings> webhooks() {
        Map<String, WebhookSettings> webhooks = new LinkedHashMap<>();
        root.named("webhooks", "NAME").forEach((name, sections) -> {
            Section section = sections.getFirst();
            Optional<URI> url = section.required("url", TargetReader::url, Words::of);
            Optional<Secret> secret = section.required("secret", TargetReader::signingSecret, Secret::toString);
            Duration timeout =
                    section.duration("timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(10));
            int concurrency = section.number("concurrency", 32, 1, 10_000);
            boolean allowPrivate = section.flag("allowPrivate", false);
            section.finish();
            url.ifPresent(to -> secret.ifPresent(
                    by -> webhooks.put(name, new WebhookSettings(to, by, timeout, concurrency, allowPrivate))));
        });
        return webhooks;
    }

    Map<String, List<SubscriberSettings>> topics() {
        Map<String, List<SubscriberSettings>> topics = new LinkedHashMap<>();
        root.named("topics", "NAME[]").forEach((name, sections) -> {
            List<SubscriberSettings> subscribers = new ArrayList<>();
            sections.forEach(section -> subscriber(section).ifPresent(subscribers::add));
            if (sections.isEmpty()) {
                root.fault("topics", "'" + name + "' has no subscriber");
            }
            if (name.indexOf('.') >= 0) {
                root.fault("topics", "'" + name + "': the name of a topic holds no dot, for it is part of an ARN");
            }
            topics.put(name, List.copyOf(subscribers));
        });
        return topics;
    }

    List<EventTargetSettings> eventTargets() {
        Map<String, EventTargetSettings> targets = new LinkedHashMap<>();
        for (Section section : root.sections("eventTargets")) {
            Optional<String> arn = section.required("arn", TargetReader::eventTarget, text -> text);
            Optional<SubscriberSettings> endpoint = subscriber(section);
            arn.ifPresent(name -> endpoint.ifPresent(to -> {
                if (targets.put(name, new EventTargetSettings(name, to)) != null) {
                    section.fault("arn", "'" + name + "' stands here twice");
                }
            }));
        }
        return List.copyOf(targets.values());
    }

    private static String eventTarget(String text) {
        if (!EVENT_TARGET.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is the ARN of no delivery stream or event bus, such as"
                    + " arn:aws:firehose:us-east-1:123456789012:deliverystream/mail");
        }
        return text;
    }

    List<CidrBlock> privateSubscribers() {
        Section section = root.section("subscribers");
        List<CidrBlock> networks = section.list("allowPrivate", List.of(), CidrBlock::of, CidrBlock::toString);
        section.finish();
        return networks;
    }

    private static Optional<SubscriberSettings> subscriber(Section section) {
        if (section.has("http") == section.has("camel")) {
            section.fault("http", "a subscriber has either 'http' or 'camel'");
        }
        Optional<SubscriberSettings> subscriber;
        if (section.has("camel")) {
            subscriber = section.optional("camel", TargetReader::camel, Words::withoutSecrets)
                    .map(uri -> new Camel(new EndpointSettings(new Secret(uri), section.placeOf("camel"))));
        } else {
            Optional<URI> url = section.optional("http", TargetReader::url, Words::of);
            Optional<Secret> secret = section.optional("secret", TargetReader::signingSecret, Secret::toString);
            boolean allowPrivate = section.flag("allowPrivate", false);
            subscriber = url.map(to -> new Http(to, secret, allowPrivate));
        }
        section.finish();
        return subscriber;
    }

    Map<String, EndpointSettings> endpoints() {
        Map<String, EndpointSettings> endpoints = new LinkedHashMap<>();
        root.map("endpoints", "NAME", Section::name, TargetReader::camel, Words::withoutSecrets)
                .forEach((name, uri) ->
                        endpoints.put(name, new EndpointSettings(new Secret(uri), root.placeOf("endpoints", name))));
        return endpoints;
    }

    private static String camel(String text) {
        if (!CAMEL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Words.withoutSecrets(text)
                    + "' is not the URI of a Camel endpoint, such as kafka:inbound?brokers=...");
        }
        return text;
    }

    /** An http or https URL that ends behind its port. */
    static URI endpoint(String text) {
        URI uri = url(text);
        if ((!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("'" + Words.of(uri) + "' must end behind the host and port");
        }
        return uri;
    }

    private static URI url(String text) {
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + Words.withoutSecrets(text) + "' is not a URL", e);
        }
        String scheme = String.valueOf(uri.getScheme());
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + Words.of(uri)
                    + "' is not an absolute http or https URL, such as https://desk.example.com/mail");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("'" + Words.of(uri) + "': the port is not a number from 1 to 65535");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("'" + Words.of(uri) + "' must have neither a user name nor a #");
        }
        return uri;
    }

    static Secret secret(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a secret cannot be empty");
        }
        return new Secret(text);
    }

    // Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes. Any other text signs with its own bytes.
    private static Secret signingSecret(String text) {
        if (text.startsWith("whsec_")) {
            try {
                int bytes = Base64.getDecoder().decode(text.substring("whsec_".length())).length;
                if (bytes >= 24 && bytes <= 64) {
                    return new Secret(text);
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
            throw new IllegalArgumentException("behind whsec_ there must be the base64 of 24 to 64 bytes");
        }
        if (text.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret needs " + SHORTEST_SECRET
                    + " characters at least; 'openssl rand -base64 32' makes a good one");
        }
        return new Secret(text);
    }
}
