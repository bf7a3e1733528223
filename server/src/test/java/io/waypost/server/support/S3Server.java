package io.waypost.server.support;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** A real S3 server (S3Proxy over a folder) that checks signatures. */
public final class S3Server implements AutoCloseable {

    public static final String ACCESS_KEY = "test-access";
    public static final String SECRET_KEY = "test-secret";

    private final Path folder;
    private final BlobStoreContext context;
    private final S3Proxy server;
    private final int port = Ports.free();

    public S3Server(Path folder, String bucket) throws Exception {
        this.folder = Files.createDirectories(folder);
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        context = ContextBuilder.newBuilder("filesystem-nio2")
                .credentials("identity", "credential")
                .overrides(properties)
                .build(BlobStoreContext.class);
        context.getBlobStore().createContainerInLocation(null, bucket);
        server = S3Proxy.builder()
                .blobStore(context.getBlobStore())
                .endpoint(URI.create(endpoint()))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** An object's bytes as the server keeps them on disk; empty when there is none. */
    public byte[] object(String bucket, String key) throws IOException {
        Path file = folder.resolve(bucket).resolve(key);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** Stops answering, as an outage does; {@link #start} begins again on the same port. */
    public void stop() throws Exception {
        server.stop();
    }

    public void start() throws Exception {
        server.start();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        context.close();
    }
}
