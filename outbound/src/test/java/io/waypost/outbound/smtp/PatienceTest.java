package io.waypost.outbound.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.outbound.smtp.DeliveryResult.Cause;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    @ParameterizedTest(name = "{0}: {2} {3} to {1} ({4})")
    @CsvSource(delimiter = '|', textBlock = """
            closing down                  | RCPT        | 421 | 4.3.2 shutting down            | PACE | RFC 5321 3.8
            too fast, before the recipient| MAIL        | 450 | 4.7.1 too many mails           | PACE | RFC 5321 4.2.3
            an error, before the recipient| MAIL        | 451 | 4.7.650 temporarily limited    | PACE | RFC 5321 4.2.3
            no room, before the recipient | MAIL        | 452 | 4.0.0 not now                  | PACE | RFC 5321 4.2.3
            an error, before the content  | DATA        | 451 | try later                      | PACE | RFC 5321 4.2.3
            greylisting                   | RCPT        | 451 | 4.7.1 greylisted               | MAIL | RFC 6647 2.1
            greylisting, older words      | RCPT        | 450 | 4.2.0 greylisted               | MAIL | RFC 6647 2.1
            one recipient's limit         | RCPT        | 450 | 4.2.1 he gets too much mail    | MAIL | RFC 3463 3.3
            a full mailbox                | RCPT        | 452 | 4.2.2 mailbox full             | MAIL | RFC 3463 3.3
            no words at all               | RCPT        | 450 | later                          | MAIL | RFC 5321 4.2.3
            greylisting by content        | the message | 451 | 4.7.1 greylisted               | MAIL | RFC 6647 2.1
            a full disk                   | the message | 452 | 4.3.1 insufficient storage     | PACE | RFC 3463 3.4
            a system that takes no mail   | RCPT        | 450 | 4.3.2 not now                  | PACE | RFC 3463 3.4
            congestion                    | RCPT        | 451 | 4.4.5 busy                     | PACE | RFC 3463 3.5
            a lookup that failed          | RCPT        | 450 | 4.4.3 no name server           | MAIL | RFC 3463 3.5
            """)
    void aReplyIsAboutTheHostOrAboutTheMail(
            String name, String step, int code, String text, Cause cause, String source) {
        assertThat(Patience.cause(step, new PeerReply(code, List.of(text)))).isEqualTo(cause);
    }
}
