package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns;
import java.net.InetAddress;

/** Answers as another one does, where a test does not say otherwise. */
class ForwardingDns implements Dns {

    private final Dns dns;

    ForwardingDns(Dns dns) {
        this.dns = dns;
    }

    @Override
    public Answer<InetAddress> addresses(String name, Family family) {
        return dns.addresses(name, family);
    }

    @Override
    public Answer<Exchanger> exchangers(String name) {
        return dns.exchangers(name);
    }

    @Override
    public Answer<String> texts(String name) {
        return dns.texts(name);
    }

    @Override
    public Answer<String> names(InetAddress address) {
        return dns.names(address);
    }

    @Override
    public Answer<Tlsa> certificates(String name) {
        return dns.certificates(name);
    }
}
