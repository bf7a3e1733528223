package io.waypost.actions.webhook;

import io.vertx.core.Vertx;
import io.waypost.actions.webhook.http.HttpSender;
import java.net.InetAddress;
import java.util.List;

/** Sends HTTP requests to this machine, whatever host they name. One serves all tests of a class. */
public final class LoopbackHttp implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpSender sender =
            new HttpSender(vertx, (host, timeout) -> List.of(InetAddress.getLoopbackAddress()));

    public HttpSender sender() {
        return sender;
    }

    @Override
    public void close() {
        sender.close();
        vertx.close().await();
    }
}
