package io.waypost.server.support;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** Several clients that publish until told to stop, and remember each message whose Publish was answered. Repeat nothing by themselves. */
public final class Publishers implements AutoCloseable {

    private final Map<String, String> promised = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SnsClient sns;
    private volatile boolean stopping;

    /**
     * @param name what all texts begin with
     * @param hears of the id of each Publish that was answered
     */
    public Publishers(
            int port, AwsBasicCredentials key, String topic, int clients, String name, Consumer<String> hears) {
        sns = SnsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .build();
        for (int i = 0; i < clients; i++) {
            String prefix = name + "-" + i + "-";
            threads.add(Thread.ofVirtual().start(() -> publish(topic, prefix, hears)));
        }
    }

    private void publish(String topic, String prefix, Consumer<String> hears) {
        for (int i = 0; !stopping; i++) {
            String text = prefix + i + " \u00fc {\"a\":\"\\n\"}";
            try {
                String id = sns.publish(
                                publish -> publish.topicArn(topic).message(text).subject("No. " + prefix))
                        .messageId();
                promised.put(id, text);
                hears.accept(id);
                // The pace of the load, no wait for anything.
                Thread.sleep(Duration.ofMillis(5));
            } catch (SdkException e) {
                // The server is down: nothing was promised. It is not dialled without end.
                if (!pause()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The text of every message whose Publish was answered, by its id. */
    public Map<String, String> promised() {
        return promised;
    }

    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(40));
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
        sns.close();
    }
}
