package io.waypost.api.aws.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.api.aws.WireRequest;
import io.waypost.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Requests that another implementation signed; {@code make_vectors.py} beside the file made them. */
final class Vectors {

    static final String ACCOUNT = "123456789012";
    static final String KEY = "AKIDEXAMPLEAKIDEXAMPLE";
    static final Secret SECRET = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final AccessKeys KEYS =
            id -> id.equals(KEY) ? Optional.of(new AccessKey(ACCOUNT, KEY, SECRET)) : Optional.empty();
    static final SignatureVersion4 VERIFIER = new SignatureVersion4(KEYS, List.of("us-east-1", "eu-west-1"), CLOCK);

    private Vectors() {}

    /** One request. */
    record Vector(String name, String service, String region, WireRequest request) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> all() {
        try (InputStream file = Objects.requireNonNull(Vectors.class.getResourceAsStream("/sigv4/vectors.json"))) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(file).get("vectors").spliterator(), false)
                    .map(Vectors::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Vector named(String name) {
        return all().stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Vector read(JsonNode json) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        json.get("headers")
                .forEach(header -> headers.computeIfAbsent(header.get(0).asText(), _ -> new ArrayList<>())
                        .add(header.get(1).asText()));
        return new Vector(
                json.get("name").asText(),
                json.get("service").asText(),
                json.get("region").asText(),
                new WireRequest(
                        json.get("method").asText(),
                        json.get("path").asText(),
                        json.get("query").asText(),
                        headers,
                        json.get("body").asText().getBytes(StandardCharsets.UTF_8)));
    }
}
