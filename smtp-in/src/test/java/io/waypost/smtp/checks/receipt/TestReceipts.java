package io.waypost.smtp.checks.receipt;

import io.waypost.message.Domain;
import io.waypost.message.dkim.SigningKey;
import io.waypost.smtp.checks.signature.TestKey;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** Receipts with a key of tests. */
public final class TestReceipts {

    public static final Receipts RECEIPTS = new Receipts(new SecretKeySpec(new byte[32], "HmacSHA256"));
    public static final ReceiptFields UNSIGNED = new ReceiptFields(RECEIPTS, Optional.empty());
    public static final ReceiptFields SIGNED = new ReceiptFields(
            RECEIPTS,
            Optional.of(new ReceivedSignature(new SigningKey(
                    new Domain(TestKey.ED25519.domain()),
                    TestKey.ED25519.selector(),
                    TestKey.ED25519.pair().getPrivate()))));

    private TestReceipts() {}
}
