package io.waypost.api.aws.sign;

import io.waypost.api.aws.AuthenticationException;
import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Credentials;
import io.waypost.api.aws.WireRequest;
import io.waypost.config.Secret;
import io.waypost.message.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Believes a request when its signature is the one that the key's secret makes for exactly this request (AWS Signature Version 4).
 * Knows nothing of requests before: whoever sees a request on its way can send it again as long as it is fresh, as with AWS.
 */
public final class SignatureVersion4 implements Credentials {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Secret NOBODYS = new Secret("there is no such key, and this takes as long");

    private final AccessKeys keys;
    private final List<String> regions;
    private final Clock clock;

    /** @param regions what a request may be signed for */
    public SignatureVersion4(AccessKeys keys, List<String> regions, Clock clock) {
        this.keys = keys;
        this.regions = List.copyOf(regions);
        this.clock = clock;
    }

    @Override
    public Caller caller(WireRequest request, String signingName, String requestId) throws AuthenticationException {
        SignatureClaim claim = SignatureClaim.of(request);
        judgeTime(claim.time(), claim.validFor());
        judgeSignedHeaders(request, claim.signedHeaders());
        judgeBody(request);
        judgeScope(claim, signingName);

        Optional<AccessKey> key = key(claim.scope().keyId());
        Secret secret = key.map(AccessKey::secret).orElse(NOBODYS);
        byte[] canonical = CanonicalRequest.of(request, claim.query(), claim.signedHeaders());
        boolean right = isEqual(Signature.of(secret, claim.time().text(), claim.scope(), canonical), claim.signature());
        if (key.isEmpty() || hasSessionToken(request, claim)) {
            throw Faults.unknownKey();
        }
        if (!right) {
            throw Faults.wrongSignature();
        }
        return new Caller(
                new Scope(key.get().account(), claim.scope().region()),
                key.get().id(),
                requestId);
    }

    private Optional<AccessKey> key(String id) {
        try {
            return keys.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void judgeTime(SigningTime signed, Optional<Duration> validFor) throws AuthenticationException {
        Instant now = clock.instant();
        Duration before = validFor.orElse(SKEW);
        if (signed.at().isBefore(now.minus(before))) {
            throw Faults.expired("Signature expired: %s is now earlier than %s (%s - %s.)"
                    .formatted(
                            signed.text(),
                            SigningTime.basic(now.minus(before)),
                            SigningTime.basic(now),
                            inWords(before)));
        }
        if (signed.at().isAfter(now.plus(SKEW))) {
            throw Faults.expired("Signature not yet current: %s is still later than %s (%s + %s.)"
                    .formatted(
                            signed.text(), SigningTime.basic(now.plus(SKEW)), SigningTime.basic(now), inWords(SKEW)));
        }
    }

    private static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " sec";
    }

    // Who could leave such a header out of the signature could change what the request means.
    private static void judgeSignedHeaders(WireRequest request, List<String> signed) throws AuthenticationException {
        if (!signed.contains("host")) {
            throw Faults.wrongSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (String name : request.headers().keySet()) {
            if (name.startsWith("x-amz-") && !signed.contains(name)) {
                throw Faults.wrongSignature(
                        "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(Faults.printable(name)));
            }
        }
    }

    // A signature without the body is no signature of a mail, so UNSIGNED-PAYLOAD and STREAMING-... are wrong like any
    // other text.
    private static void judgeBody(WireRequest request) throws AuthenticationException {
        List<String> said = request.headers().getOrDefault("x-amz-content-sha256", List.of());
        if (!said.isEmpty() && !(said.size() == 1 && isEqual(Sha256.hex(request.body()), said.getFirst()))) {
            throw Faults.wrongSignature("The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
    }

    private void judgeScope(SignatureClaim claim, String signingName) throws AuthenticationException {
        CredentialScope scope = claim.scope();
        StringBuilder words = new StringBuilder();
        if (!regions.contains(scope.region())) {
            words.append(Faults.invalidRegion(scope.region()));
        }
        if (!scope.service().equals(signingName)) {
            words.append("Credential should be scoped to correct service: '%s'. ".formatted(signingName));
        }
        if (!scope.terminator().equals(CredentialScope.TERMINATOR)) {
            words.append("Credential should be scoped with a valid terminator: '%s'. "
                    .formatted(CredentialScope.TERMINATOR));
        }
        if (!scope.date().equals(claim.time().date())) {
            words.append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP. ");
        }
        if (!words.isEmpty()) {
            throw Faults.wrongSignature(words.toString().strip());
        }
    }

    // There are no temporary keys.
    private static boolean hasSessionToken(WireRequest request, SignatureClaim claim) {
        return request.headers().containsKey("x-amz-security-token")
                || !claim.query().values(PresignedQuery.SECURITY_TOKEN).isEmpty();
    }

    private static boolean isEqual(String computed, String said) {
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.ISO_8859_1), said.getBytes(StandardCharsets.ISO_8859_1));
    }
}
