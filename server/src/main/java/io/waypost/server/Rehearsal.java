package io.waypost.server;

import io.vertx.core.Vertx;
import io.waypost.actions.endpoint.CamelEndpoints;
import io.waypost.actions.s3.Encryption;
import io.waypost.actions.s3.ObjectStore;
import io.waypost.actions.webhook.http.CachingResolver;
import io.waypost.actions.webhook.http.HttpSender;
import io.waypost.config.WaypostConfig;
import io.waypost.message.MessageContent;
import io.waypost.message.port.Submission;
import io.waypost.rules.Action.StoredObject;
import io.waypost.rules.file.RuleFileReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The action families as the server has them, without a store, a folder or a connection behind them: rule files are read exactly as
 * at start, and nothing can be carried out.
 *
 * @param endpointFaults a line for each Camel endpoint of the configuration that cannot be made
 */
record Rehearsal(RuleFileReader reader, List<String> endpointFaults, HttpSender http, Vertx vertx, CamelContext camel)
        implements AutoCloseable {

    static Rehearsal of(WaypostConfig config) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        Vertx vertx = Vertx.vertx();
        HttpSender http = new HttpSender(vertx, CachingResolver.ofSystem());
        Submission nobody = (from, to, content, key) -> {
            throw new IOException("nothing is sent in a rehearsal");
        };
        camel.start();
        List<String> endpointFaults = new ArrayList<>();
        CamelEndpoints endpoints = ActionFamilies.endpoints(config, camel, endpointFaults::add);
        return new Rehearsal(
                RuleReading.reader(
                        config,
                        ActionFamilies.of(
                                        config,
                                        new ActionFamilies.Means(
                                                new NoObjects(
                                                        config.objects().s3().isPresent()),
                                                http,
                                                endpoints,
                                                nobody,
                                                Clock.systemUTC()))
                                .all()),
                endpointFaults,
                http,
                vertx,
                camel);
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
