package io.waypost.api.identity.v2;

import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.KeyLength;
import io.waypost.api.identity.NextKeys;
import io.waypost.api.identity.VerificationState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DkimAttributes. */
public record DkimAttributes(
        boolean signingEnabled,
        String status,
        List<String> tokens,
        @Nullable String signingHostedZone,
        String signingAttributesOrigin,
        @Nullable String nextSigningKeyLength,
        @Nullable String currentSigningKeyLength,
        @Nullable Instant lastKeyGenerationTimestamp) {

    /**
     * @param signer the domain that signs; nothing for an address whose domain is no identity
     * @param hostname this server's own name
     */
    static DkimAttributes of(Optional<Identity> signer, String hostname) {
        if (signer.isEmpty()) {
            return new DkimAttributes(
                    false,
                    VerificationState.NOT_STARTED.name(),
                    List.of(),
                    null,
                    Dkim.Origin.AWS_SES.name(),
                    null,
                    null,
                    null);
        }
        Dkim dkim = signer.get().dkim();
        boolean made = dkim.origin() == Dkim.Origin.AWS_SES && !dkim.keys().isEmpty();
        return new DkimAttributes(
                dkim.enabled(),
                dkim.proof().state().name(),
                dkim.tokens(),
                made ? hostedZone(hostname) : null,
                dkim.origin().name(),
                made
                        ? dkim.next()
                                .map(NextKeys::length)
                                .orElse(dkim.nextLength())
                                .name()
                        : null,
                made ? length(dkim.keys().getFirst().bits()) : null,
                dkim.next().flatMap(NextKeys::generatedAt).or(dkim::generatedAt).orElse(null));
    }

    /** Where aliases of selectors may lead, as SES' {@code dkim.amazonses.com}. */
    static String hostedZone(String hostname) {
        return "dkim." + hostname;
    }

    private static @Nullable String length(int bits) {
        return Arrays.stream(KeyLength.values())
                .filter(length -> length.bits() == bits)
                .map(KeyLength::name)
                .findFirst()
                .orElse(null);
    }

    /** As the answer to a creation has it: nobody has looked yet. */
    DkimAttributes created() {
        boolean pending = status.equals(VerificationState.PENDING.name());
        return new DkimAttributes(
                signingEnabled,
                pending ? VerificationState.NOT_STARTED.name() : status,
                tokens,
                signingHostedZone,
                signingAttributesOrigin,
                nextSigningKeyLength,
                currentSigningKeyLength,
                lastKeyGenerationTimestamp);
    }
}
