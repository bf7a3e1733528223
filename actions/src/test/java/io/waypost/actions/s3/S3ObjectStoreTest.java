package io.waypost.actions.s3;

import static io.waypost.actions.s3.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.waypost.message.MessageContent;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.rules.Action.StoredObject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real S3 server that verifies signatures, and read back with the MinIO client. */
class S3ObjectStoreTest implements ObjectStoreContract {

    @RegisterExtension
    static final S3ProxyExtension SERVER = S3ProxyExtension.builder()
            .withCredentials("waypost", "not-a-secret")
            .withBlobStoreProvider("transient-nio2")
            .build();

    private S3ObjectStore store;
    private MinioClient reader;

    @BeforeEach
    void open() throws Exception {
        store = store("waypost", "not-a-secret");
        reader = MinioClient.builder()
                .endpoint(SERVER.getUri().toString())
                .region("us-east-1")
                .credentials("waypost", "not-a-secret")
                .build();
        reader.makeBucket(MakeBucketArgs.builder().bucket("mail").build());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        reader.close();
    }

    private static S3ObjectStore store(String accessKey, String secretKey) {
        URI endpoint = URI.create("http://127.0.0.1:" + SERVER.getUri().getPort());
        return new S3ObjectStore(
                new S3Settings(endpoint, "us-east-1", accessKey, secretKey, true, Duration.ofDays(7)),
                new HostAddresses(Dns.none()),
                InstantSource.system());
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public Optional<byte[]> stored(StoredObject object) throws Exception {
        try (InputStream in = reader.getObject(GetObjectArgs.builder()
                .bucket(object.bucket())
                .object(object.key())
                .build())) {
            return Optional.of(in.readAllBytes());
        } catch (ErrorResponseException e) {
            assertThat(e.errorResponse().code()).isEqualTo("NoSuchKey");
            return Optional.empty();
        }
    }

    @Test
    void a_wrong_secret_is_named_and_not_shown() {
        try (S3ObjectStore wrong = store("waypost", "wr0ng-secret")) {
            assertThatThrownBy(() -> put(wrong, object(ID), "x"))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageStartingWith("the secret key does not fit the access key (403 SignatureDoesNotMatch")
                    .message()
                    .doesNotContain("wr0ng-secret");
        }
    }

    @Test
    void an_unknown_access_key_is_named() {
        try (S3ObjectStore wrong = store("somebody", "not-a-secret")) {
            assertThatThrownBy(() -> put(wrong, object(ID), "x"))
                    .hasMessageStartingWith("the store does not know the access key (403 InvalidAccessKeyId");
        }
    }

    @Test
    void a_missing_bucket_is_named() {
        assertThatThrownBy(() -> put(store, new StoredObject("nowhere", ID), "x"))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageStartingWith("there is no bucket 'nowhere' at http://127.0.0.1:")
                .hasMessageContaining("404 NoSuchBucket");
    }

    @Test
    void a_link_opens_its_object_and_no_other() throws Exception {
        put(store, object("a b/" + ID), "one");
        put(store, object("other/" + ID), "two");
        String link = store.link(object("a b/" + ID), Instant.now(), Instant.now())
                .orElseThrow()
                .toString();

        assertThat(get(link)).isEqualTo("200 one");
        assertThat(get(link.replace("a%20b", "other"))).startsWith("403 ");
        assertThat(get(link.replaceFirst("X-Amz-Expires=\\d+", "X-Amz-Expires=604799")))
                .startsWith("403 ");
    }

    @Test
    void a_link_whose_time_is_over_opens_nothing() throws Exception {
        put(store, object(ID), "one");
        Instant longAgo = Instant.now().minus(Duration.ofDays(8));

        assertThat(get(store.link(object(ID), longAgo, longAgo).orElseThrow().toString()))
                .startsWith("403 ");
        assertThat(get(store.link(object(ID), longAgo, Instant.now())
                        .orElseThrow()
                        .toString()))
                .isEqualTo("200 one");
    }

    private static String get(String link) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    @Test
    void bytes_that_change_on_the_way_are_never_success() throws Exception {
        // Read once for the digests, and once to be sent.
        MessageContent changing = new MessageContent() {
            private int reads;

            @Override
            public long size() {
                return 5;
            }

            @Override
            public InputStream open() {
                return new java.io.ByteArrayInputStream(bytes(reads++ == 0 ? "hello" : "jello"));
            }
        };

        assertThatThrownBy(() -> store.put(object("changed/" + ID), changing, Encryption.BUCKET_DEFAULT))
                .isInstanceOf(ObjectStoreException.class);

        assertThat(stored(object("changed/" + ID))).isEmpty();
    }

    private static void put(ObjectStore store, StoredObject object, String text) throws Exception {
        store.put(object, MessageContent.of(bytes(text)), Encryption.BUCKET_DEFAULT);
    }
}
