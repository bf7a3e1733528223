package io.waypost.server;

import io.waypost.message.port.Dns;
import java.net.InetAddress;

/** The resolver of a server without one: nothing is known about any name, which refuses nobody. */
final class NoResolver implements Dns {

    private static final String REASON = "this server has no resolver";

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        return new Unknown<>(REASON);
    }

    @Override
    public Answer<Exchanger> exchangers(String name) {
        return new Unknown<>(REASON);
    }

    @Override
    public Answer<String> texts(String name) {
        return new Unknown<>(REASON);
    }

    @Override
    public Answer<String> names(InetAddress address) {
        return new Unknown<>(REASON);
    }
}
