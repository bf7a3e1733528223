package io.waypost.message.dkim;

import io.waypost.message.Domain;
import java.security.PrivateKey;

/**
 * A key that signs mail, and where its public half is published: {@code SELECTOR._domainkey.DOMAIN} (RFC 6376 3.6.2.1).
 *
 * @param domain {@code d=}
 * @param selector {@code s=}
 * @param key RSA (RFC 8301: 2048 bits) or Ed25519 (RFC 8463)
 */
public record SigningKey(Domain domain, String selector, PrivateKey key) {

    /** The key itself is not shown. */
    @Override
    public String toString() {
        return "SigningKey[" + selector + "._domainkey." + domain.name() + ", " + key.getAlgorithm() + "]";
    }
}
