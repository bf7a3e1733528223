package io.waypost.actions.s3;

import java.net.URI;
import java.time.Duration;

/**
 * Where an S3-compatible store is and how to speak to it.
 *
 * @param endpoint {@code http} or {@code https}, a host, perhaps a port; no path
 * @param region the region that requests are signed for
 * @param accessKey the key's id
 * @param secretKey the key; never shown
 * @param pathStyle {@code endpoint/bucket/key} rather than {@code bucket.endpoint/key}
 * @param linkExpiry how long a link to an object is good, at most seven days; zero for no links
 * @param connectTimeout until a connection stands, TLS included
 * @param idleTimeout without a byte in either direction
 * @param requestTimeout for a whole upload and its answer
 * @param connections at most so many at once
 */
public record S3Settings(
        URI endpoint,
        String region,
        String accessKey,
        String secretKey,
        boolean pathStyle,
        Duration linkExpiry,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration requestTimeout,
        int connections) {

    public S3Settings {
        String scheme = String.valueOf(endpoint.getScheme());
        boolean bare = (endpoint.getRawPath() == null || endpoint.getRawPath().matches("/?"))
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && endpoint.getRawUserInfo() == null;
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null || !bare) {
            throw new IllegalArgumentException(
                    "an S3 endpoint is http://host:port or https://host:port, without a path or a name and password");
        }
        if (accessKey.isEmpty() || secretKey.isEmpty() || region.isEmpty()) {
            throw new IllegalArgumentException("an S3 store needs a region, an access key and a secret key");
        }
        // What Signature Version 4 allows.
        if (linkExpiry.isNegative() || linkExpiry.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("a link to an object is good for at most seven days");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("an S3 store needs at least one connection");
        }
    }

    /** With the usual limits: 5 s to connect, 30 s idle, 5 minutes for a request, 64 connections. */
    public S3Settings(
            URI endpoint, String region, String accessKey, String secretKey, boolean pathStyle, Duration linkExpiry) {
        this(
                endpoint,
                region,
                accessKey,
                secretKey,
                pathStyle,
                linkExpiry,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                64);
    }

    @Override
    public String toString() {
        return "S3 at " + endpoint + " in " + region + (pathStyle ? ", path style" : ", virtual-host style");
    }
}
