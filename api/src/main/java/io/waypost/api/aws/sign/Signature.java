package io.waypost.api.aws.sign;

import io.waypost.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Computes what a key's owner would have signed with. */
final class Signature {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private Signature() {}

    /**
     * The signature in lower-case hex.
     *
     * @param time of the request, as ISO 8601 basic text
     */
    static String of(Secret secret, String time, CredentialScope scope, byte[] canonicalRequest) {
        String toSign = String.join("\n", ALGORITHM, time, scope.text(), Sha256.hex(canonicalRequest));
        byte[] key = ("AWS4" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
        key = Sha256.hmac(key, scope.date());
        key = Sha256.hmac(key, scope.region());
        key = Sha256.hmac(key, scope.service());
        key = Sha256.hmac(key, scope.terminator());
        return HexFormat.of().formatHex(Sha256.hmac(key, toSign));
    }
}
