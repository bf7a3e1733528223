package io.waypost.outbound.content;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file that EICAR defines for tests of virus scanners, as an attachment: 68 characters at its begin, then nothing but white space, 128
 * in all at most. A text that tells of it is no such file.
 */
public final class EicarAttachment {

    private static final byte[] FILE = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 128;
    private static final String TYPE = "application/x-eicar";

    private static final MailReader READER = new MailReader(ParseLimits.DEFAULT, EicarAttachment::type);

    private static final Verdicts FOUND = new Verdicts(
            Verdicts.NONE.spf(),
            Verdicts.NONE.dkim(),
            Verdicts.NONE.dmarc(),
            Verdicts.NONE.arc(),
            Verdicts.NONE.spam(),
            new Verdict(Status.FAIL, "Eicar-Test-File", "the test file of virus scanners is attached", Duration.ZERO),
            Verdicts.NONE.client());

    private EicarAttachment() {}

    /**
     * What is known of a mail before it is accepted.
     *
     * @param search has seen the whole body
     * @throws IOException when the content cannot be read
     */
    public static Verdicts verdicts(EicarSearch search, MessageContent content) throws IOException {
        return search.isSuspected() && isIn(content) ? FOUND : Verdicts.NONE;
    }

    private static boolean isIn(MessageContent content) throws IOException {
        try (InputStream in = content.open()) {
            return READER.read(in).attachments().stream()
                    .anyMatch(part -> part.size() <= LONGEST && TYPE.equals(part.detectedType()));
        }
    }

    private static @Nullable String type(byte[] first, int length, @Nullable String name) {
        boolean begins = length >= FILE.length && Arrays.equals(first, 0, FILE.length, FILE, 0, FILE.length);
        for (int i = FILE.length; begins && i < length; i++) {
            begins = first[i] == ' ' || first[i] == '\t' || first[i] == '\r' || first[i] == '\n' || first[i] == 0x1A;
        }
        return begins ? TYPE : null;
    }
}
