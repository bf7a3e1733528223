package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.server.support.Setup;
import io.waypost.server.support.SnsSink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** The whole server with one account, identities that are verified at once, a consumer of its topics, and clients of its APIs. */
final class AwsServer implements AutoCloseable {

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";
    static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:drop-spam";

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private final Setup setup;
    private final SnsSink sink;
    private final Server server;
    private final SesClient ses;
    private final SesV2Client sesv2;
    private final SnsClient sns;

    private AwsServer(Setup setup, SnsSink sink, Server server) {
        this.setup = setup;
        this.sink = sink;
        this.server = server;
        this.ses = client(SesClient.builder());
        this.sesv2 = client(SesV2Client.builder());
        this.sns = client(SnsClient.builder());
    }

    static AwsServer start(Path folder) throws IOException, StartException {
        return start(new Setup(folder));
    }

    /** @param prepared not yet written */
    static AwsServer start(Setup prepared) throws IOException, StartException {
        SnsSink sink = new SnsSink();
        Setup setup = prepared.with("""
                        accounts: [ { id: "%s", keys: [ { id: %s, secret: "%s" } ] } ]
                        ses: { regions: [ %s ], verify: atOnce }
                        subscribers: { allowPrivate: [ 127.0.0.0/8 ] }
                        functions: { drop-spam: { url: "%s/function", allowPrivate: true } }
                        """.formatted(ACCOUNT, KEY, SECRET, REGION, sink.url()))
                .write();
        return new AwsServer(setup, sink, InProcess.start(setup));
    }

    SesClient ses() {
        return ses;
    }

    SesV2Client sesv2() {
        return sesv2;
    }

    SnsClient sns() {
        return sns;
    }

    SnsSink sink() {
        return sink;
    }

    /** The error that a call ends with. */
    static <E extends Exception> E refused(Class<E> type, ThrowingCallable call) {
        E refused = catchThrowableOfType(type, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, "http://127.0.0.1:" + setup.httpPort(), AwsBasicCredentials.create(KEY, SECRET));
    }

    /** A client as every application makes it, but for its endpoint. */
    static <B extends AwsClientBuilder<B, C>, C> C client(B builder, String endpoint, AwsBasicCredentials key) {
        if (builder instanceof SdkSyncClientBuilder<?, ?> sync) {
            sync.httpClient(UrlConnectionHttpClient.create());
        }
        return builder.endpointOverride(URI.create(endpoint))
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .build();
    }

    @Override
    public void close() throws InterruptedException {
        ses.close();
        sesv2.close();
        sns.close();
        server.close();
        sink.close();
    }
}
