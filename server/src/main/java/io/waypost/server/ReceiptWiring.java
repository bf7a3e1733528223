package io.waypost.server;

import io.waypost.api.secret.ReceiptSigningKey;
import io.waypost.api.secret.Sealing;
import io.waypost.config.WaypostConfig;
import io.waypost.message.Domain;
import io.waypost.message.dkim.SigningKey;
import io.waypost.smtp.checks.receipt.ReceiptFields;
import io.waypost.smtp.checks.receipt.Receipts;
import io.waypost.smtp.checks.receipt.ReceivedSignature;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receipts as configuration wants them. */
final class ReceiptWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptWiring.class);
    private static final String PURPOSE = "receipts of received mail";

    private ReceiptWiring() {}

    static ReceiptFields fields(WaypostConfig config, Sealing sealing, SecureRandom random) throws IOException {
        Receipts receipts = new Receipts(sealing.derive(PURPOSE));
        if (!config.smtp().signReceived()) {
            return new ReceiptFields(receipts, Optional.empty());
        }
        ReceiptSigningKey key = ReceiptSigningKey.in(config.data(), sealing, random);
        LOG.info(
                "Received mail is signed; the key's record is {} TXT \"{}\"", recordName(config, key), key.keyRecord());
        SigningKey signing = new SigningKey(new Domain(config.hostname()), key.selector(), key.privateKey());
        return new ReceiptFields(receipts, Optional.of(new ReceivedSignature(signing)));
    }

    /** To check with; never makes the key. */
    static Receipts before(Sealing sealing) throws IOException {
        return new Receipts(sealing.derivedBefore(PURPOSE));
    }

    /** Where the key is published (RFC 6376 3.6.2.1). */
    static String recordName(WaypostConfig config, ReceiptSigningKey key) {
        return key.selector() + "._domainkey." + config.hostname();
    }
}
