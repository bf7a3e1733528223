package io.waypost.actions.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanePoolTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpDestination> opened = new ArrayList<>();
    private final LanePool pool = new LanePool(2, to -> {
        opened.add(to);
        return new HttpSender.Lane(vertx.createHttpClient(), vertx.getOrCreateContext());
    });

    @AfterEach
    void close() {
        pool.close();
        vertx.close().await();
    }

    private static HttpDestination to(String host) {
        return new HttpDestination(URI.create("http://" + host + "/"), Duration.ofSeconds(1), 1, false);
    }

    @Test
    void theLaneUnusedForLongestIsClosed() {
        for (String host : List.of("a", "b", "a", "c", "a")) {
            pool.enter(to(host));
            pool.leave(to(host));
        }
        assertThat(opened).containsExactly(to("a"), to("b"), to("c"));
        assertThat(pool.size()).isEqualTo(2);
        pool.enter(to("b"));
        assertThat(opened).endsWith(to("b")).hasSize(4);
    }

    @Test
    void aLaneInUseStaysOpenHoweverManyThereAre() {
        HttpSender.Lane first = pool.enter(to("a"));
        pool.enter(to("b"));
        pool.enter(to("c"));
        pool.enter(to("d"));
        assertThat(pool.size()).isEqualTo(4);
        assertThat(pool.enter(to("a"))).isSameAs(first);
        pool.leave(to("b"));
        pool.leave(to("c"));
        pool.enter(to("e"));
        assertThat(pool.size()).as("those in use: a, d, e").isEqualTo(3);
    }
}
