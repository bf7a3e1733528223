package io.waypost.actions.mailet;

import com.sun.mail.util.CRLFOutputStream;
import io.waypost.message.port.Draft;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.io.OutputStream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;

/** Writes javax.mail messages to drafts, with CRLF at every line's end whatever a mailet wrote (RFC 5321 2.3.8). */
final class Drafts {

    private Drafts() {}

    /** The caller closes the draft or hands it in. */
    static Draft of(MimeMessage message, Effect effect) throws IOException, MessagingException {
        Draft draft = effect.revisions().draft();
        boolean written = false;
        try (OutputStream out = new CRLFOutputStream(stream(draft))) {
            message.writeTo(out);
            written = true;
        } finally {
            if (!written) {
                draft.close();
            }
        }
        return draft;
    }

    private static OutputStream stream(Draft draft) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                draft.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                draft.write(bytes, offset, length);
            }
        };
    }
}
