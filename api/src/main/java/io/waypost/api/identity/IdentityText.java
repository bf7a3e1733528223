package io.waypost.api.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.message.port.Settings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An identity as it stands in the store: JSON, moments in ISO 8601. Its scope and name are the setting's. */
public final class IdentityText {

    /** The kind of the settings. */
    public static final String KIND = "identity";

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private IdentityText() {}

    record StoredProof(
            String state,
            String since,
            @Nullable String lastSuccess,
            @Nullable String fault) {}

    record StoredConfirmation(
            String digest, String sentAt, @Nullable Redirects redirects) {}

    record StoredOwnership(
            StoredProof proof,
            @Nullable String token,
            @Nullable StoredConfirmation confirmation) {}

    record StoredMailFrom(String domain, String onFailure, StoredProof proof) {}

    record StoredFeedback(boolean forwarding, Map<String, String> topics, Set<String> withHeaders) {}

    record Stored(
            String created,
            StoredOwnership ownership,
            DkimText.StoredDkim dkim,
            @Nullable StoredMailFrom mailFrom,
            StoredFeedback feedback,
            @Nullable String configurationSet,
            Map<String, String> tags,
            @Nullable Map<String, String> policies) {}

    static String write(Identity identity) {
        Stored stored = new Stored(
                identity.created().toString(),
                ownership(identity.ownership()),
                DkimText.stored(identity.dkim()),
                identity.mailFrom().map(IdentityText::mailFrom).orElse(null),
                feedback(identity.feedback()),
                identity.configurationSet().orElse(null),
                identity.tags(),
                identity.policies().isEmpty() ? null : identity.policies());
        try {
            return JSON.writeValueAsString(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts can be written", e);
        }
    }

    /**
     * Reads what was written. Private keys stay sealed.
     *
     * @throws IOException when the text is not an identity's, with its name
     */
    public static Identity read(Settings.Setting setting) throws IOException {
        try {
            Stored stored = JSON.readValue(setting.text(), Stored.class);
            return new Identity(
                    setting.key().scope(),
                    new IdentityName(setting.key().name()),
                    Instant.parse(stored.created),
                    false,
                    ownership(stored.ownership),
                    DkimText.read(stored.dkim),
                    Optional.ofNullable(stored.mailFrom).map(IdentityText::mailFrom),
                    feedback(stored.feedback),
                    Optional.ofNullable(stored.configurationSet),
                    new TreeMap<>(stored.tags),
                    stored.policies == null ? new TreeMap<>() : new TreeMap<>(stored.policies));
        } catch (JsonProcessingException e) {
            throw unreadable(setting, e.getOriginalMessage());
        } catch (NullPointerException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(setting, String.valueOf(e.getMessage()));
        }
    }

    private static IOException unreadable(Settings.Setting setting, String reason) {
        return new IOException("the stored identity " + setting.key().name() + " of "
                + setting.key().scope() + " cannot be read: " + reason);
    }

    static StoredProof proof(Proof proof) {
        return new StoredProof(
                proof.state().name(),
                proof.since().toString(),
                proof.lastSuccess().map(Instant::toString).orElse(null),
                proof.fault().map(Finding::name).orElse(null));
    }

    static Proof proof(StoredProof stored) {
        return new Proof(
                VerificationState.valueOf(stored.state),
                Instant.parse(stored.since),
                Optional.ofNullable(stored.lastSuccess).map(Instant::parse),
                Optional.ofNullable(stored.fault).map(Finding::valueOf));
    }

    private static StoredOwnership ownership(Ownership ownership) {
        return new StoredOwnership(
                proof(ownership.proof()),
                ownership.token().orElse(null),
                ownership
                        .confirmation()
                        .map(sent -> new StoredConfirmation(
                                sent.tokenDigest(),
                                sent.sentAt().toString(),
                                sent.redirects().orElse(null)))
                        .orElse(null));
    }

    private static Ownership ownership(StoredOwnership stored) {
        return new Ownership(
                proof(stored.proof),
                Optional.ofNullable(stored.token),
                Optional.ofNullable(stored.confirmation)
                        .map(sent -> new Confirmation(
                                sent.digest, Instant.parse(sent.sentAt), Optional.ofNullable(sent.redirects))));
    }

    private static StoredMailFrom mailFrom(MailFrom mailFrom) {
        return new StoredMailFrom(mailFrom.domain(), mailFrom.onFailure().name(), proof(mailFrom.proof()));
    }

    private static MailFrom mailFrom(StoredMailFrom stored) {
        return new MailFrom(stored.domain, MailFrom.OnFailure.valueOf(stored.onFailure), proof(stored.proof));
    }

    private static StoredFeedback feedback(Feedback feedback) {
        Map<String, String> topics = new TreeMap<>();
        feedback.topics().forEach((kind, topic) -> topics.put(kind.name(), topic));
        Set<String> withHeaders =
                feedback.withHeaders().stream().map(Feedback.Kind::name).collect(Collectors.toCollection(TreeSet::new));
        return new StoredFeedback(feedback.forwarding(), topics, withHeaders);
    }

    private static Feedback feedback(StoredFeedback stored) {
        return new Feedback(
                stored.forwarding,
                stored.topics.entrySet().stream()
                        .collect(Collectors.toMap(topic -> Feedback.Kind.valueOf(topic.getKey()), Map.Entry::getValue)),
                stored.withHeaders.stream().map(Feedback.Kind::valueOf).collect(Collectors.toSet()));
    }
}
