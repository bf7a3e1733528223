package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.identity.Feedback.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    @Test
    void aBounceOfWhichNobodyElseWouldHearIsForwardedWhateverWasAskedFor() {
        Feedback off = Feedback.BY_MAIL.withForwarding(false);
        Feedback topic = off.withTopic(Kind.BOUNCE, Optional.of("arn:aws:sns:us-east-1:123456789012:b"));

        assertThat(off.isForwarded(Kind.BOUNCE)).isTrue();
        assertThat(topic.isForwarded(Kind.BOUNCE)).isFalse();
        assertThat(topic.isForwarded(Kind.COMPLAINT)).isTrue();
        assertThat(topic.withForwarding(true).isForwarded(Kind.BOUNCE)).isTrue();
        assertThat(Feedback.BY_MAIL.isForwarded(Kind.DELIVERY)).isFalse();
    }
}
