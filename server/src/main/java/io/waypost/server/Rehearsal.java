package io.waypost.server;

import io.vertx.core.Vertx;
import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.s3.Encryption;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.config.ConfigResult;
import io.waypost.config.WaypostConfig;
import io.waypost.config.text.Problem;
import io.waypost.config.text.Problems;
import io.waypost.message.MessageContent;
import io.waypost.message.port.Submission;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.Subscription;
import io.waypost.message.topic.Topic;
import io.waypost.message.topic.TopicMessage;
import io.waypost.message.topic.Topics;
import io.waypost.rules.Action.StoredObject;
import io.waypost.rules.file.RuleFileReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The action families as the server has them, without a store, a folder or a connection behind them: rule files are read exactly as
 * at start, and nothing can be carried out.
 *
 * @param endpointFaults the Camel endpoints of the configuration that cannot be made
 */
record Rehearsal(RuleFileReader reader, List<Problem> endpointFaults, HttpSender http, Vertx vertx, CamelContext camel)
        implements AutoCloseable {

    /** For a server's file that may have faults. */
    static Rehearsal of(ConfigResult.Readable readable) throws Exception {
        WaypostConfig config = readable.config();
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        Vertx vertx = Vertx.vertx();
        HttpSender http = new HttpSender(vertx, (host, timeout) -> List.of());
        Submission nobody = (from, to, content, key) -> {
            throw new IOException("nothing is sent in a rehearsal");
        };
        camel.start();
        Problems problems = new Problems();
        CamelEndpoints endpoints = ActionFamilies.endpoints(config, camel, problems);
        boolean encrypts =
                config.objects().s3().isPresent() || readable.doubtful().contains("objects");
        return new Rehearsal(
                RuleReading.reader(
                        config,
                        ActionFamilies.of(
                                        readable,
                                        new ActionFamilies.Means(
                                                new NoObjects(encrypts),
                                                http,
                                                endpoints,
                                                nobody,
                                                new NoTopics(),
                                                new NoTopics(),
                                                Clock.systemUTC()))
                                .all()),
                problems.all(),
                http,
                vertx,
                camel);
    }

    private record NoTopics() implements Topics, Publishing {
        @Override
        public Optional<Topic> find(String nameOrArn) {
            return Optional.empty();
        }

        @Override
        public Optional<Subscription> subscription(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<Published> publish(TopicMessage message, Optional<String> repeatKey) throws IOException {
            throw new IOException("nothing is published in a rehearsal");
        }

        @Override
        public void askForConfirmation(Subscription subscription) throws IOException {
            throw new IOException("nobody is asked in a rehearsal");
        }

        @Override
        public void tellUnsubscribed(Subscription subscription) throws IOException {
            throw new IOException("nobody is told in a rehearsal");
        }
    }

    private record NoObjects(boolean encrypts) implements ObjectStore {
        @Override
        public String put(StoredObject object, MessageContent content, Encryption encryption) throws IOException {
            throw new IOException("nothing is stored in a rehearsal");
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() throws Exception {
        http.close();
        vertx.close().await();
        camel.close();
    }
}
