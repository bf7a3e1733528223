package io.waypost.outbound.transmit;

import io.waypost.message.Domain;
import io.waypost.message.host.HostAddresses;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.exchange.Exchange;
import io.waypost.outbound.exchange.Exchanges;
import io.waypost.outbound.exchange.MailExchangers;
import io.waypost.outbound.port.DeliveryFigures;
import io.waypost.outbound.smtp.Delivery;
import io.waypost.outbound.smtp.DeliveryResult;
import io.waypost.outbound.smtp.DeliveryResult.Cause;
import io.waypost.outbound.smtp.DeliveryResult.Deferred;
import io.waypost.outbound.smtp.DeliveryResult.Refused;
import io.waypost.outbound.smtp.HostAttempt;
import io.waypost.outbound.smtp.Peer;
import io.waypost.outbound.smtp.SmtpClient;
import io.waypost.outbound.source.SourceAddress;
import io.waypost.outbound.source.SourcePools;
import io.waypost.outbound.tls.Encryption;
import io.waypost.outbound.tls.EncryptionRules;
import io.waypost.outbound.tls.StsPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one attempt: host after host until one has an opinion about the mail, within a bound. Shared by all threads; blocks the calling
 * (virtual) thread.
 */
public final class Transmitter {

    /** Addresses that are tried in one attempt. RFC 5321 5.1 asks for two at least. */
    static final int MOST_TRIALS = 5;

    /** No other host is begun with when so much time has passed: the next attempt comes. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String hostname;
    private final HostAddresses hosts;
    private final MailExchangers exchangers;
    private final EncryptionRules rules;
    private final SourcePools pools;
    private final SmtpClient client;
    private final DeliveryFigures figures;
    private final UnreachableAddresses unreachable = new UnreachableAddresses(System::nanoTime);

    /** @param hostname what this server calls itself where the source address has no name of its own */
    public Transmitter(
            String hostname,
            HostAddresses hosts,
            MailExchangers exchangers,
            EncryptionRules rules,
            SourcePools pools,
            SmtpClient client,
            DeliveryFigures figures) {
        this.hostname = hostname;
        this.hosts = hosts;
        this.exchangers = exchangers;
        this.rules = rules;
        this.pools = pools;
        this.client = client;
        this.figures = figures;
    }

    /**
     * Tries once. A deferral's cause is {@link Cause#HOST} only when no host could be talked to.
     *
     * @param way how the mail leaves
     * @param conditions what to keep to
     */
    public Transmission transmit(Way way, Delivery delivery, Sending.Conditions conditions) {
        Optional<Refused> impossible = SmtpClient.impossible(delivery);
        if (impossible.isPresent()) {
            return Transmission.none(impossible.get());
        }
        return switch (way) {
            case Way.ToHost to -> toHost(to, delivery, conditions);
            case Way.ToExchangers(Domain domain) ->
                switch (exchangers.of(domain)) {
                    case Exchanges.Nobody(var status, String reason) ->
                        Transmission.none(new Refused(status, reason, Optional.empty()));
                    // The domain's name servers are to blame, not its hosts: what is on its way may go on.
                    case Exchanges.Unknown(String reason) ->
                        Transmission.none(new Deferred(Cause.MAIL, "DNS: " + reason, Optional.empty()));
                    case Exchanges.Found(List<Exchange> inOrder) ->
                        new Trials(delivery, conditions, Optional.empty()).toExchangers(domain, inOrder);
                };
        };
    }

    private Transmission toHost(Way.ToHost to, Delivery delivery, Sending.Conditions conditions) {
        List<Exchange> inOrder;
        try {
            inOrder = hosts.of(to.host().host()).stream()
                    .map(address ->
                            new Exchange(to.host().host(), address, to.host().port(), false))
                    .toList();
        } catch (IOException e) {
            return Transmission.none(new Deferred(Cause.HOST, String.valueOf(e.getMessage()), Optional.empty()));
        }
        // RFC 4954 4: a password goes to nobody but its host.
        Encryption encryption = to.login().isPresent()
                ? new Encryption.Verified("login")
                : conditions.tlsRequired() ? Encryption.REQUIRED : Encryption.OPPORTUNISTIC;
        Trials trials = new Trials(delivery, conditions, to.login());
        for (Exchange exchange : unreachable.last(inOrder)) {
            if (trials.areOver() || trials.with(exchange, encryption)) {
                break;
            }
        }
        return trials.end();
    }

    /** One attempt as it goes on. */
    private final class Trials {

        private final Delivery delivery;
        private final Sending.Conditions conditions;
        private final Optional<Peer.Login> login;
        private final List<Trial> made = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();
        private final long begun = System.nanoTime();

        Trials(Delivery delivery, Sending.Conditions conditions, Optional<Peer.Login> login) {
            this.delivery = delivery;
            this.conditions = conditions;
            this.login = login;
        }

        Transmission toExchangers(Domain domain, List<Exchange> inOrder) {
            Optional<StsPolicy> policy = rules.policy(domain);
            for (Exchange exchange : unreachable.last(inOrder)) {
                if (areOver()) {
                    break;
                }
                boolean lastWord =
                        switch (rules.of(domain, exchange, policy, conditions.tlsRequired())) {
                            case EncryptionRules.Answer.Use(Encryption encryption) -> with(exchange, encryption);
                            case EncryptionRules.Answer.NotThisHost(String reason) -> {
                                passedOver.add(exchange + ": " + reason);
                                yield false;
                            }
                        };
                if (lastWord) {
                    break;
                }
            }
            return end();
        }

        boolean areOver() {
            return made.size() == MOST_TRIALS || System.nanoTime() - begun > PATIENCE.toNanos();
        }

        /** Whether no other host needs to be tried. */
        boolean with(Exchange exchange, Encryption encryption) {
            switch (pools.choose(conditions.pool(), exchange.address())) {
                case SourcePools.Choice.Any any -> {
                    return settles(exchange, encryption, Optional.empty());
                }
                case SourcePools.Choice.From(SourceAddress source) -> {
                    boolean settled = settles(exchange, encryption, Optional.of(source));
                    if (!(made.getLast().attempt().result() instanceof DeliveryResult.Delivered)) {
                        pools.giveBack(source);
                    }
                    return settled;
                }
                case SourcePools.Choice.NotThisFamily not -> {
                    passedOver.add(exchange + ": the pool has no address of its family");
                    return false;
                }
                case SourcePools.Choice.NotNow(String reason) -> {
                    passedOver.add(exchange + ": " + reason);
                    return false;
                }
            }
        }

        private boolean settles(Exchange exchange, Encryption encryption, Optional<SourceAddress> source) {
            long before = System.nanoTime();
            Peer peer = new Peer(
                    exchange,
                    encryption,
                    source.map(SourceAddress::address),
                    source.flatMap(SourceAddress::hostname).orElse(hostname),
                    login);
            HostAttempt attempt = client.deliver(
                    peer,
                    source.flatMap(SourceAddress::seenAs).map(delivery::seenAs).orElse(delivery));
            made.add(new Trial(exchange, encryption, attempt, Duration.ofNanos(System.nanoTime() - before)));
            if (attempt.localAddress().isPresent()) {
                figures.carried(attempt.tls().isPresent() ? encryption.word() : "clear", attempt.reused());
            }
            if (attempt.result() instanceof Deferred deferred && deferred.cause() == Cause.HOST) {
                unreachable.add(exchange.address());
                return false;
            }
            unreachable.remove(exchange.address());
            return true;
        }

        Transmission end() {
            if (made.isEmpty()) {
                String reason = passedOver.isEmpty() ? "no address" : passedOver.getFirst();
                // The hosts may be fine: it is this mail, or this server, that cannot go there.
                return new Transmission(
                        new Deferred(Cause.MAIL, reason, Optional.empty()),
                        made,
                        passedOver.stream().skip(1).toList());
            }
            return new Transmission(made.getLast().attempt().result(), made, passedOver);
        }
    }
}
