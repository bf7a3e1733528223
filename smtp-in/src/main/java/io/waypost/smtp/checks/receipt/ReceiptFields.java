package io.waypost.smtp.checks.receipt;

import io.waypost.message.MessageId;
import io.waypost.message.header.HeaderBlock;
import io.waypost.smtp.checks.signature.BodyHashes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields that prove a reception: the receipt, and below it the signature where one is wanted.
 *
 * @param signature empty: mails get a receipt and no signature
 */
public record ReceiptFields(Receipts receipts, Optional<ReceivedSignature> signature) {

    /** Names, lower case, that nobody but the receiving server writes. */
    public static final Set<String> OURS =
            Set.of("x-ses-receipt", "x-ses-dkim-signature", "x-ses-spam-verdict", "x-ses-virus-verdict");

    /**
     * Complete lines, each ended by CR LF.
     *
     * @param stored the mail's header as it is stored
     * @param bodies finished; hashed in the form {@link ReceivedSignature#BODY} when there is a signature to be made
     */
    public String of(MessageId id, HeaderBlock header, byte[] stored, BodyHashes bodies) {
        String receipt = Receipts.field(receipts.of(id, header));
        return signature
                .map(signer -> receipt
                        + signer.field(
                                receipt,
                                stored,
                                bodies.hash(ReceivedSignature.BODY, OptionalLong.empty())
                                        .orElseThrow()
                                        .digest(),
                                id.acceptedAt()))
                .orElse(receipt);
    }
}
