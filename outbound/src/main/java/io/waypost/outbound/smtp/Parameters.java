package io.waypost.outbound.smtp;

import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.StatusCode;
import io.waypost.message.header.HeaderBlock;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

/**
 * The MAIL and RCPT commands for one delivery to a peer of these capabilities; refuses what the peer has no words for.
 *
 * @param peer what the peer announced
 * @param delivery what is to be delivered
 */
record Parameters(Capabilities peer, Delivery delivery) {

    /**
     * The MAIL command.
     *
     * @throws RefusedException when the mail is larger than the peer takes, or needs an extension that it lacks
     */
    String mail() throws IOException, RefusedException {
        Envelope envelope = delivery.envelope();
        StringBuilder line = new StringBuilder("MAIL FROM:<" + delivery.from() + ">");
        size(line);
        body(line, envelope);
        if (usesUtf8(envelope)) {
            line.append(" SMTPUTF8");
        }
        if (peer.has("DSN")) {
            envelope.dsnReturn().ifPresent(amount -> line.append(" RET=").append(amount));
            envelope.envelopeId().filter(Paths::isXtext).ifPresent(id -> line.append(" ENVID=")
                    .append(id));
        }
        return line.toString();
    }

    String recipient() {
        Recipient recipient = delivery.recipient();
        StringBuilder line = new StringBuilder("RCPT TO:<" + recipient.address() + ">");
        if (peer.has("DSN")) {
            if (delivery.from() instanceof ReversePath.Null) {
                // RFC 3461 5.2.7: nobody could be told anyway.
                line.append(" NOTIFY=NEVER");
            } else if (!recipient.noticeOn().isEmpty()) {
                line.append(" NOTIFY=")
                        .append(recipient.noticeOn().stream()
                                .sorted()
                                .map(Enum::name)
                                .collect(Collectors.joining(",")));
            }
            recipient.originalRecipient().filter(Paths::isTypedAddress).ifPresent(original -> line.append(" ORCPT=")
                    .append(original));
        }
        return line.toString();
    }

    private void size(StringBuilder line) throws RefusedException {
        if (!peer.has("SIZE")) {
            return;
        }
        long size = delivery.content().size();
        long most = peer.largestMessage().orElse(Long.MAX_VALUE);
        if (size > most) {
            throw new RefusedException(
                    new StatusCode(5, 3, 4),
                    "the message has " + size + " bytes, the receiving server takes " + most + " at most");
        }
        line.append(" SIZE=").append(size);
    }

    // RFC 6152 3: 8-bit content may not go to a peer without 8BITMIME. Re-encoding it would break its signatures.
    private void body(StringBuilder line, Envelope envelope) throws IOException, RefusedException {
        if (peer.has("8BITMIME")) {
            if (envelope.body() == Envelope.Body.EIGHT_BIT_MIME) {
                line.append(" BODY=8BITMIME");
            }
        } else if (isEightBit(delivery.content())) {
            throw new RefusedException(
                    new StatusCode(5, 6, 3), "the message is 8-bit, the receiving server takes only 7-bit messages");
        }
    }

    private boolean usesUtf8(Envelope envelope) throws IOException, RefusedException {
        boolean addresses =
                !isAscii(delivery.from()) || !Paths.isAscii(delivery.recipient().address());
        if (addresses && !peer.has("SMTPUTF8")) {
            throw new RefusedException(
                    new StatusCode(5, 6, 7),
                    "an address is not ASCII, the receiving server takes only ASCII addresses");
        }
        HeaderBlock header = HeaderBlock.of(delivery.content());
        boolean eightBit = header.isEightBit();
        if (envelope.smtpUtf8() && eightBit && !peer.has("SMTPUTF8")) {
            throw new RefusedException(
                    new StatusCode(5, 6, 9), "the header is UTF-8, the receiving server takes only ASCII headers");
        }
        return addresses || (peer.has("SMTPUTF8") && eightBit && header.isUtf8());
    }

    private static boolean isAscii(ReversePath path) {
        return switch (path) {
            case ReversePath.Null n -> true;
            case ReversePath.Of(EmailAddress address) -> Paths.isAscii(address);
        };
    }

    private static boolean isEightBit(MessageContent content) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = content.open()) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] < 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
