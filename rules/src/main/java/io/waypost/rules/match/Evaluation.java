package io.waypost.rules.match;

import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.ReversePath;
import io.waypost.message.Verdicts;
import io.waypost.message.mime.HeaderReader;
import java.io.IOException;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers conditions about one mail. Without content (before DATA) everything about the message is unknown, without verdicts all that checks say. The header is read when
 * the first condition asks for it, and never otherwise. Used by one thread.
 */
final class Evaluation {

    /** Header fields beyond this many bytes do not exist for conditions. */
    static final int HEADER_LIMIT = 256 * 1024;

    private final ReversePath from;
    private final Client client;
    private final @Nullable MessageContent content;
    private final @Nullable Verdicts verdicts;
    private final IdentityHashMap<Condition, Truth> fieldAnswers = new IdentityHashMap<>();
    private HeaderReader.@Nullable Header header;

    /** Before DATA: nothing is known of the message, and nothing of the checks. */
    static Evaluation atRcpt(ReversePath from, Client client) {
        return new Evaluation(from, client, null, null);
    }

    Evaluation(ReversePath from, Client client, @Nullable MessageContent content, @Nullable Verdicts verdicts) {
        this.from = from;
        this.client = client;
        this.content = content;
        this.verdicts = verdicts;
    }

    /** Whether the session of this mail was encrypted. */
    boolean encrypted() {
        return client.tls().isPresent();
    }

    Truth test(Condition condition, EmailAddress recipient) throws IOException {
        return switch (condition) {
            case Condition.Always always -> Truth.TRUE;
            case Condition.All all -> fold(all.parts(), recipient, Truth.FALSE);
            case Condition.AnyOf any -> fold(any.parts(), recipient, Truth.TRUE);
            case Condition.Not not -> test(not.part(), recipient).not();
            case Condition.RecipientIn in -> Truth.of(takes(in.patterns(), recipient));
            case Condition.SenderIn in -> Truth.of(isFrom(in));
            case Condition.ClientIn in ->
                Truth.of(in.networks().stream().anyMatch(network -> network.contains(client.address())));
            case Condition.Encrypted tls -> Truth.of(isEncrypted(tls));
            case Condition.SizeAbove size ->
                content == null
                        ? Truth.UNKNOWN
                        : Truth.of(content.size() > size.size().bytes());
            case Condition.SizeBelow size ->
                content == null
                        ? Truth.UNKNOWN
                        : Truth.of(content.size() < size.size().bytes());
            case Condition.FieldExists field -> field(field, field.name(), Optional.empty());
            case Condition.FieldIs field -> field(field, field.name(), Optional.of(field.test()));
            case Condition.VerdictIs is ->
                found(v -> is.verdicts().contains(v.of(is.check()).status()));
            case Condition.PolicyIs is ->
                found(v -> v.dmarc().policy().filter(is.policies()::contains).isPresent());
            case Condition.ScoreAbove above ->
                found(v -> v.spam().score().isPresent() && v.spam().score().getAsDouble() > above.score());
            case Condition.ScoreBelow below ->
                found(v -> v.spam().score().isPresent() && v.spam().score().getAsDouble() < below.score());
            case Condition.SignedBy by -> found(v -> isSignedBy(v, by.domains()));
            case Condition.Listed listed -> found(v -> isListed(v, listed.lists()));
            case Condition.ReverseNameExists exists ->
                found(v -> v.client().reverseName().isPresent());
            case Condition.ReverseNameIs is ->
                found(v -> v.client()
                        .reverseName()
                        .filter(name -> is.test().holds(List.of(name)))
                        .isPresent());
        };
    }

    private Truth found(Predicate<Verdicts> test) {
        return verdicts == null ? Truth.UNKNOWN : Truth.of(test.test(verdicts));
    }

    private static boolean isSignedBy(Verdicts verdicts, Set<String> domains) {
        return verdicts.dkim().signatures().stream()
                .anyMatch(signature -> signature.result().equals("pass")
                        && domains.contains(signature.domain().toLowerCase(Locale.ROOT)));
    }

    private static boolean isListed(Verdicts verdicts, Set<String> lists) {
        List<String> listings = verdicts.client().listings();
        return lists.isEmpty() ? !listings.isEmpty() : listings.stream().anyMatch(lists::contains);
    }

    /**
     * The smallest part of the condition that made it what it is: the failing part of an All, the holding part of an AnyOf.
     */
    Condition reason(Condition condition, EmailAddress recipient) throws IOException {
        Truth truth = test(condition, recipient);
        List<Condition> parts =
                switch (condition) {
                    case Condition.All all when truth == Truth.FALSE -> all.parts();
                    case Condition.AnyOf any when truth == Truth.TRUE -> any.parts();
                    default -> List.of();
                };
        for (Condition part : cheapFirst(parts)) {
            if (test(part, recipient) == truth) {
                return reason(part, recipient);
            }
        }
        return condition;
    }

    // "decided" is the value of one part that decides for all. Parts that need no message are asked first.
    private Truth fold(List<Condition> parts, EmailAddress recipient, Truth decided) throws IOException {
        Truth result = decided.not();
        for (Condition part : cheapFirst(parts)) {
            Truth truth = test(part, recipient);
            if (truth == decided) {
                return decided;
            }
            if (truth == Truth.UNKNOWN) {
                result = Truth.UNKNOWN;
            }
        }
        return result;
    }

    private static List<Condition> cheapFirst(List<Condition> parts) {
        return parts.stream().anyMatch(Condition::needsMessage)
                ? parts.stream()
                        .sorted(Comparator.comparing(Condition::needsMessage))
                        .toList()
                : parts;
    }

    private static boolean takes(List<RecipientPattern> patterns, EmailAddress address) {
        return patterns.stream().anyMatch(pattern -> pattern.takes(address));
    }

    private boolean isFrom(Condition.SenderIn in) {
        return switch (from) {
            case ReversePath.Null none -> in.nullPath();
            case ReversePath.Of of -> takes(in.patterns(), of.address());
        };
    }

    private boolean isEncrypted(Condition.Encrypted tls) {
        return client.tls()
                .map(session -> tls.versions().isEmpty() || tls.versions().contains(session.version()))
                .orElse(false);
    }

    // An expression runs once a mail, however many recipients ask.
    private Truth field(Condition condition, String name, Optional<TextTest> test) throws IOException {
        if (content == null) {
            return Truth.UNKNOWN;
        }
        Truth known = fieldAnswers.get(condition);
        if (known == null) {
            List<String> values = header(content).decoded(name);
            known = Truth.of(!values.isEmpty() && test.map(t -> t.holds(values)).orElse(true));
            fieldAnswers.put(condition, known);
        }
        return known;
    }

    private HeaderReader.Header header(MessageContent message) throws IOException {
        HeaderReader.Header read = header;
        if (read == null) {
            read = HeaderReader.read(message, HEADER_LIMIT);
            header = read;
        }
        return read;
    }
}
