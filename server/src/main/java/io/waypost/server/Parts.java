package io.waypost.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is running and has to be stopped, in the reverse order in which it was started. Not safe for several threads. */
final class Parts {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, Stop stop) {}

    /** Stops a part; may wait for what it is doing. */
    interface Stop {
        void run() throws Exception;
    }

    /** @param name in words for the log */
    void add(String name, Stop stop) {
        parts.push(new Part(name, stop));
    }

    /** Never throws: a part that does not stop holds up no other. */
    void stop() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.stop().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("interrupted while stopping {}", part.name());
            } catch (Exception e) {
                LOG.warn("stopping {} failed: {}", part.name(), e.toString());
            }
        }
    }
}
