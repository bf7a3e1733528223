package io.waypost.actions.s3;

import io.minio.S3Escaper;
import io.minio.Signer;
import io.minio.Time;
import io.waypost.message.MessageContent;
import io.waypost.message.host.HostAddresses;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Objects in an S3-compatible store: one signed PUT for each, streamed. Signature, escaping and error documents are the MinIO
 * client's; its own upload call is not used because it holds parts of at least 5 MiB in memory.
 *
 * <p>The SHA-256 of the content is part of the signature (AWS Signature Version 4) and Content-MD5 goes with it, so a store that
 * received other bytes refuses them; and the ETag of the answer is compared, so one that does not look is found out.
 */
public final class S3ObjectStore implements ObjectStore {

    private final S3Settings settings;
    private final InstantSource clock;
    private final OkHttpClient client;
    private final Semaphore connections;

    public S3ObjectStore(S3Settings settings, HostAddresses hosts, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.connections = new Semaphore(settings.connections());
        this.client = new OkHttpClient.Builder()
                .dns(hosts::of)
                .followRedirects(false)
                .followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(settings.connections(), 1, TimeUnit.MINUTES))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.idleTimeout())
                .writeTimeout(settings.idleTimeout())
                .callTimeout(settings.requestTimeout())
                .build();
    }

    @Override
    public String put(StoredObject object, MessageContent content, Encryption encryption)
            throws IOException, InterruptedException {
        connections.acquire();
        try {
            Digests digests = Digests.of(content);
            if (digests.size() != content.size()) {
                throw new IOException("the message has " + content.size() + " bytes, " + digests.size() + " came");
            }
            Request request = signed(request(object, content, digests, encryption), digests);
            try (Response response = client.newCall(request).execute()) {
                if (response.code() != 200) {
                    throw S3Refusal.of(response, object.bucket(), settings);
                }
                check(response, digests);
                return "ETag " + S3Refusal.printable(String.valueOf(response.header("ETag")), 80);
            }
        } finally {
            connections.release();
        }
    }

    private Request request(StoredObject object, MessageContent content, Digests digests, Encryption encryption) {
        HttpUrl url = url(object);
        Request.Builder builder = new Request.Builder()
                .url(url)
                .header("Host", host(url))
                .header("User-Agent", "Waypost")
                .header("x-amz-date", Time.AMZ_DATE_FORMAT.format(ZonedDateTime.ofInstant(clock.instant(), Time.UTC)))
                .header("x-amz-content-sha256", digests.sha256())
                .header("Content-MD5", digests.md5Base64())
                .put(new ContentBody(content, digests.size()));
        encryption.headers().forEach(builder::header);
        return builder.build();
    }

    private Request signed(Request request, Digests digests) {
        try {
            return Signer.signV4S3(
                    request, settings.region(), settings.accessKey(), settings.secretKey(), digests.sha256());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /**
     * A presigned GET (AWS Signature Version 4, authentication in the query). It is signed as of the last half of its time that has
     * begun since the object was stored, so that it is good for half of it at least.
     */
    @Override
    public Optional<URI> link(StoredObject object, Instant storedAt, Instant now) {
        long seconds = settings.linkExpiry().toSeconds();
        if (seconds == 0) {
            return Optional.empty();
        }
        long half = Math.max(1, seconds / 2);
        Instant signedAt = storedAt.plusSeconds(Duration.between(storedAt, now).toSeconds() / half * half);
        HttpUrl url = url(object);
        Request request = new Request.Builder()
                .url(url)
                .header("Host", host(url))
                .header("x-amz-date", Time.AMZ_DATE_FORMAT.format(ZonedDateTime.ofInstant(signedAt, Time.UTC)))
                .build();
        try {
            return Optional.of(Signer.presignV4(
                            request, settings.region(), settings.accessKey(), settings.secretKey(), (int) seconds)
                    .uri());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    private HttpUrl url(StoredObject object) {
        String host = settings.endpoint().getHost();
        HttpUrl.Builder builder = new HttpUrl.Builder()
                .scheme(settings.endpoint().getScheme())
                .host(settings.pathStyle() ? host : object.bucket() + "." + host);
        if (settings.endpoint().getPort() >= 0) {
            builder.port(settings.endpoint().getPort());
        }
        if (settings.pathStyle()) {
            builder.addPathSegment(object.bucket());
        }
        return builder.addEncodedPathSegments(S3Escaper.encodePath(object.key()))
                .build();
    }

    // Written by hand because it is signed; an IPv6 literal needs its brackets again (RFC 3986 3.2.2).
    private String host(HttpUrl url) {
        String name = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        int port = settings.endpoint().getPort();
        return port < 0 ? name : name + ":" + port;
    }

    // An ETag is the MD5 of the object unless a key service encrypted it (S3 API, "Common Response Headers").
    private static void check(Response response, Digests digests) throws ObjectStoreException {
        String encryption = response.header("x-amz-server-side-encryption");
        if (encryption != null && encryption.startsWith("aws:kms")) {
            return;
        }
        @Nullable String eTag = response.header("ETag");
        String plain = eTag == null ? "" : eTag.replace("\"", "").toLowerCase(Locale.ROOT);
        if (plain.matches("[0-9a-f]{32}") && !plain.equals(digests.md5())) {
            throw new ObjectStoreException("the store holds other bytes than were sent: its ETag is " + plain
                    + ", the MD5 of the message is " + digests.md5());
        }
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public int concurrency() {
        return Math.min(settings.connections(), 32);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
