package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import io.waypost.message.host.PublicAddresses;
import io.waypost.message.port.Dns;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches policies from {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt}: the certificate is verified, redirects are not
 * followed, and neither size nor time is left to the other side.
 */
public final class HttpsPolicies implements PolicySource, AutoCloseable {

    /** RFC 8461 3.3 recommends this limit. */
    static final int MOST_BYTES = 64 * 1024;

    private final OkHttpClient client;
    private final int port;

    /**
     * @param dns where hosts are
     * @param port 443 in the world
     * @param allowPrivate whether hosts may lie in private networks
     * @param timeout for everything together
     * @param authorities whose certificates are believed; empty for those that come with Java
     */
    public HttpsPolicies(
            Dns dns, int port, boolean allowPrivate, Duration timeout, Optional<X509TrustManager> authorities) {
        this.port = port;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dns(host -> addresses(dns, host, allowPrivate))
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(java.net.Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(0, 1, java.util.concurrent.TimeUnit.SECONDS))
                .callTimeout(timeout);
        authorities.ifPresent(
                manager -> builder.sslSocketFactory(context(manager).getSocketFactory(), manager));
        this.client = builder.build();
    }

    @Override
    public String fetch(Domain domain) throws IOException {
        Request request = new Request.Builder()
                .url("https://mta-sts." + domain.name() + ":" + port + "/.well-known/mta-sts.txt")
                .header("User-Agent", "Waypost")
                .build();
        try (Response response = client.newCall(request).execute()) {
            // RFC 8461 3.3: nothing but 200 counts.
            if (response.code() != 200) {
                throw new IOException("the policy host answered " + response.code());
            }
            String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
            if (!type.startsWith("text/plain")) {
                throw new IOException("the policy is no text/plain");
            }
            try (InputStream in = response.body().byteStream()) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException("the policy has more than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("no policy host can have this name", e);
        }
    }

    private static List<InetAddress> addresses(Dns dns, String host, boolean allowPrivate) throws UnknownHostException {
        List<InetAddress> found =
                new ArrayList<>(dns.addresses(host, Dns.Family.IPV4).records());
        found.addAll(dns.addresses(host, Dns.Family.IPV6).records());
        if (!allowPrivate) {
            found.removeIf(address -> !PublicAddresses.isPublic(address));
        }
        if (found.isEmpty()) {
            throw new UnknownHostException("no public address for " + host);
        }
        return found;
    }

    private static SSLContext context(X509TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new javax.net.ssl.TrustManager[] {manager}, null);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
