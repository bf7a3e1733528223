package io.waypost.actions.forward;

import io.waypost.actions.fields.AddressField;
import io.waypost.config.text.Fields;
import io.waypost.config.text.Node;
import io.waypost.config.text.Problems;
import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Outcome;
import io.waypost.message.ReversePath;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Submission;
import io.waypost.rules.ActionHandler;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads and carries out {@code forward}: one submission for each effect. A mail that this very action has forwarded before, or that
 * has passed too many servers, is not sent again: the effect is dead, its bytes kept.
 */
public final class ForwardHandler implements ActionHandler<ForwardAction> {

    /** Marks what was forwarded; the value says by which action, without naming it to strangers. */
    static final String LOOP_FIELD = "X-Waypost-Loop";

    private static final int MOST_ADDRESSES = 50;

    private final Submission submission;
    private final String hostname;
    private final int hops;

    /**
     * @param submission where mail is sent
     * @param hostname this server's name: what another server forwarded is no loop of ours
     * @param hops a mail that has passed more servers goes round in circles
     */
    public ForwardHandler(Submission submission, String hostname, int hops) {
        this.submission = submission;
        this.hostname = hostname;
        this.hops = hops;
    }

    @Override
    public String type() {
        return ForwardAction.TYPE;
    }

    @Override
    public Class<ForwardAction> actionClass() {
        return ForwardAction.class;
    }

    /** A mapping with {@code to} and {@code from}, or only the address or addresses. */
    @Override
    public Optional<ForwardAction> read(Node node, Problems problems) {
        int before = problems.all().size();
        List<Node> items;
        ReversePath from = ReversePath.NULL;
        if (node instanceof Node.Mapping) {
            Fields fields = node.fields(problems);
            items = fields.items("to");
            from = fields.value("from", AddressField::of).map(ReversePath::of).orElse(ReversePath.NULL);
            fields.finish();
        } else {
            items = node.items();
        }
        List<EmailAddress> to = addresses(items, problems);
        if (items.isEmpty()) {
            problems.add(node.place(), "'forward' needs at least one address in 'to'");
        }
        if (items.size() > MOST_ADDRESSES) {
            problems.add(node.place(), "'forward' takes at most " + MOST_ADDRESSES + " addresses");
        }
        return problems.all().size() > before ? Optional.empty() : Optional.of(new ForwardAction(to, from));
    }

    private static List<EmailAddress> addresses(List<Node> items, Problems problems) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (Node item : items) {
            item.text(problems).ifPresent(text -> {
                try {
                    addresses.add(AddressField.of(text));
                } catch (IllegalArgumentException e) {
                    problems.add(item.place(), "'to': " + e.getMessage());
                }
            });
        }
        return addresses;
    }

    @Override
    public Outcome perform(ForwardAction action, Effect effect) throws IOException {
        HeaderBlock header = HeaderBlock.of(effect.content());
        if (header.hops() > hops) {
            return Outcome.failed("not forwarded: the mail has passed " + header.hops() + " servers");
        }
        String mark = mark(effect);
        if (header.fields(LOOP_FIELD).stream().anyMatch(field -> field.value().equals(mark))) {
            return Outcome.failed("not forwarded: this action has forwarded the mail before, it goes round in circles");
        }
        MessageContent content = ForwardedContent.of(effect.content(), header)
                .withFieldsOnTop((LOOP_FIELD + ": " + mark + "\r\n").getBytes(StandardCharsets.US_ASCII));
        // A notice stays one, whatever the rule says: nobody may be told when it fails (RFC 5321 4.5.5).
        ReversePath from =
                effect.mail().envelope().from() instanceof ReversePath.Null ? ReversePath.NULL : action.from();
        MessageId id = submission.submit(
                from, action.to(), content, Optional.of(effect.key().toString()));
        return Outcome.done("forwarded as " + id);
    }

    /** The same for every version of the rule set, so that saving a rule file opens no loop. */
    private String mark(Effect effect) {
        String action = hostname + "/" + effect.ruleSet().name() + "/"
                + effect.run().ruleName() + "/" + effect.key().action();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(action.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
