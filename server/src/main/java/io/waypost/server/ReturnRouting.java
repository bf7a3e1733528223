package io.waypost.server;

import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Spool;
import io.waypost.outbound.returned.ReturnRules;
import io.waypost.outbound.sending.SignedReturnPaths;
import io.waypost.smtp.Routing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Takes what comes back to the signed return paths, whoever's domain they are in, before the rules are asked about the other
 * recipients. A return path that was not made here is an address like any other: unknown, unless a rule takes it.
 */
final class ReturnRouting implements Routing {

    private final SignedReturnPaths paths;
    private final Routing rules;

    ReturnRouting(SignedReturnPaths paths, Routing rules) {
        this.paths = paths;
        this.rules = rules;
    }

    private boolean isReturnPath(EmailAddress address) {
        return paths.read(address).isPresent();
    }

    @Override
    public Optional<Reply> refusal(ReversePath from, EmailAddress to, Client client) {
        return isReturnPath(to) ? Optional.empty() : rules.refusal(from, to, client);
    }

    @Override
    public boolean wantsScan(Envelope envelope) {
        Envelope others = without(envelope);
        return !others.to().isEmpty() && rules.wantsScan(others);
    }

    @Override
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
        List<EmailAddress> returned =
                envelope.addresses().stream().filter(this::isReturnPath).toList();
        if (returned.isEmpty()) {
            return rules.decide(envelope, verdicts, content);
        }
        Envelope others = without(envelope);
        if (others.to().isEmpty()) {
            return new Decision.Accept(ReturnRules.plan(returned));
        }
        return switch (rules.decide(others, verdicts, content)) {
            case Decision.Accept accept -> new Decision.Accept(ReturnRules.beside(accept.plan(), returned));
            case Decision.Refuse refuse -> refuse;
        };
    }

    private Envelope without(Envelope envelope) {
        List<Recipient> others =
                envelope.to().stream().filter(to -> !isReturnPath(to.address())).toList();
        return new Envelope(
                envelope.from(),
                others,
                envelope.client(),
                envelope.body(),
                envelope.smtpUtf8(),
                envelope.envelopeId(),
                envelope.dsnReturn());
    }

    @Override
    public void accepted(Spool.Committed committed) {
        rules.accepted(committed);
    }
}
