package io.waypost.rules.match;

import io.waypost.config.text.DataSize;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts.Check;
import io.waypost.message.Verdicts.Dmarc.Policy;
import java.util.List;
import java.util.Set;

/**
 * A test on one recipient of a mail. Only {@link RecipientIn} looks at the recipient, all others ask the same of the whole
 * mail. Values only: {@link Evaluation} answers, {@link ConditionText} tells.
 */
public sealed interface Condition {

    /** Holds for every mail. */
    Condition ALWAYS = new Always();

    /** Holds for no mail: the {@code unless} of a rule that has none. */
    Condition NEVER = new Not(ALWAYS);

    record Always() implements Condition {}

    /** Every one holds. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One of them holds. */
    record AnyOf(List<Condition> parts) implements Condition {
        public AnyOf {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {}

    /** The envelope recipient in question is taken by one of the patterns. */
    record RecipientIn(List<RecipientPattern> patterns) implements Condition {
        public RecipientIn {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * The envelope sender (RFC 5321 reverse-path) is taken by one of the patterns.
     *
     * @param nullPath whether the null reverse-path {@code <>} is, too
     */
    record SenderIn(List<RecipientPattern> patterns, boolean nullPath) implements Condition {
        public SenderIn {
            patterns = List.copyOf(patterns);
        }
    }

    /** There is a header field of that name. */
    record FieldExists(String name) implements Condition {}

    /** There is a header field of that name, and the fields of that name pass the test. Values are unfolded and decoded. */
    record FieldIs(String name, TextTest test) implements Condition {}

    /** The message, header and body as received, is larger. */
    record SizeAbove(DataSize size) implements Condition {}

    /** The message, header and body as received, is smaller. */
    record SizeBelow(DataSize size) implements Condition {}

    /** The client's address lies in one of the networks. */
    record ClientIn(List<Network> networks) implements Condition {
        public ClientIn {
            networks = List.copyOf(networks);
        }
    }

    /**
     * The session was encrypted.
     *
     * @param versions with one of these versions; empty for any
     */
    record Encrypted(Set<String> versions) implements Condition {
        public Encrypted {
            versions = Set.copyOf(versions);
        }
    }

    /** The check ended with one of these verdicts. */
    record VerdictIs(Check check, Set<Status> verdicts) implements Condition {
        public VerdictIs {
            verdicts = Set.copyOf(verdicts);
        }
    }

    /** The author's domain has a DMARC policy, and it is one of these. */
    record PolicyIs(Set<Policy> policies) implements Condition {
        public PolicyIs {
            policies = Set.copyOf(policies);
        }
    }

    /** The spam scanner gave a score, and it is higher. */
    record ScoreAbove(double score) implements Condition {}

    /** The spam scanner gave a score, and it is lower. */
    record ScoreBelow(double score) implements Condition {}

    /** A passing DKIM signature is of one of these domains. */
    record SignedBy(Set<String> domains) implements Condition {
        public SignedBy {
            domains = Set.copyOf(domains);
        }
    }

    /**
     * The client stands on a block list.
     *
     * @param lists on one of these, by name; empty for any
     */
    record Listed(Set<String> lists) implements Condition {
        public Listed {
            lists = Set.copyOf(lists);
        }
    }

    /** The client's address has a name that is confirmed. */
    record ReverseNameExists() implements Condition {}

    /** The client's address has a confirmed name, and it passes the test. */
    record ReverseNameIs(TextTest test) implements Condition {}

    /** Whether the message itself, or what the checks say of it, must be there to answer: not yet at RCPT. */
    default boolean needsMessage() {
        return switch (this) {
            case All all -> all.parts.stream().anyMatch(Condition::needsMessage);
            case AnyOf any -> any.parts.stream().anyMatch(Condition::needsMessage);
            case Not not -> not.part.needsMessage();
            case FieldExists f -> true;
            case FieldIs f -> true;
            case SizeAbove s -> true;
            case SizeBelow s -> true;
            case VerdictIs v -> true;
            case PolicyIs p -> true;
            case ScoreAbove s -> true;
            case ScoreBelow s -> true;
            case SignedBy s -> true;
            case Listed l -> true;
            case ReverseNameExists r -> true;
            case ReverseNameIs r -> true;
            case Always a -> false;
            case RecipientIn r -> false;
            case SenderIn s -> false;
            case ClientIn c -> false;
            case Encrypted e -> false;
        };
    }

    /** Whether what the checks found plays a part in the answer. */
    default boolean asksChecks() {
        return switch (this) {
            case All all -> all.parts.stream().anyMatch(Condition::asksChecks);
            case AnyOf any -> any.parts.stream().anyMatch(Condition::asksChecks);
            case Not not -> not.part.asksChecks();
            case VerdictIs v -> true;
            case PolicyIs p -> true;
            case ScoreAbove s -> true;
            case ScoreBelow s -> true;
            case SignedBy s -> true;
            case Listed l -> true;
            case ReverseNameExists r -> true;
            case ReverseNameIs r -> true;
            default -> false;
        };
    }

    /** Whether a scan for spam or viruses plays a part in the answer. */
    default boolean asksScanners() {
        return switch (this) {
            case All all -> all.parts.stream().anyMatch(Condition::asksScanners);
            case AnyOf any -> any.parts.stream().anyMatch(Condition::asksScanners);
            case Not not -> not.part.asksScanners();
            case VerdictIs v -> v.check == Check.SPAM || v.check == Check.VIRUS;
            case ScoreAbove s -> true;
            case ScoreBelow s -> true;
            default -> false;
        };
    }

    /** Whether the answer may differ between the recipients of one mail. */
    default boolean dependsOnRecipient() {
        return switch (this) {
            case All all -> all.parts.stream().anyMatch(Condition::dependsOnRecipient);
            case AnyOf any -> any.parts.stream().anyMatch(Condition::dependsOnRecipient);
            case Not not -> not.part.dependsOnRecipient();
            case RecipientIn r -> true;
            default -> false;
        };
    }
}
