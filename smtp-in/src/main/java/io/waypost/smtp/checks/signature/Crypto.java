package io.waypost.smtp.checks.signature;

import io.waypost.smtp.checks.syntax.MalformedException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;

/** One key against one signature, over the JDK's providers. */
final class Crypto {

    /** RFC 8301 3.2: never valid below. */
    private static final int SHORTEST_RSA = 1024;

    /** RFC 8301 3.2 asks signers for so much. */
    private static final int GOOD_RSA = 2048;

    /** RFC 8301 3.2 asks verifiers to take up to so much. Longer ones cost more than they are worth. */
    private static final int LONGEST_RSA = 4096;

    /** Everybody has 65537. A long exponent makes a verification as dear as a signature. */
    private static final int LONGEST_EXPONENT = 64;

    private Crypto() {}

    static Outcome check(Claim claim, String key, byte[] signedOctets) {
        PublicKey publicKey;
        try {
            publicKey = PublicKeys.parse(claim.algorithm(), key);
        } catch (MalformedException e) {
            return new Outcome(Result.PERMERROR, e.reason());
        }
        if (!(publicKey instanceof RSAPublicKey rsa)) {
            return verify("Ed25519", publicKey, Hashing.sha256().digest(signedOctets), claim, "");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
            return new Outcome(Result.POLICY, "an RSA key of " + bits + " bits is not accepted");
        }
        if (rsa.getPublicExponent().bitLength() > LONGEST_EXPONENT) {
            return new Outcome(Result.POLICY, "an RSA exponent of more than 64 bits is not accepted");
        }
        return verify(
                "SHA256withRSA", rsa, signedOctets, claim, bits < GOOD_RSA ? "an RSA key of " + bits + " bits" : "");
    }

    private static Outcome verify(String algorithm, PublicKey key, byte[] octets, Claim claim, String remark) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(octets);
            if (verifier.verify(claim.signature())) {
                return new Outcome(Result.PASS, remark);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // A signature of the wrong length, or a hostile key at which the JDK's arithmetic stumbles: neither
            // verifies.
        }
        return new Outcome(Result.FAIL, "the signature does not fit the signed header fields");
    }
}
