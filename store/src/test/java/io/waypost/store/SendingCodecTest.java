package io.waypost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Plan;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sending;
import io.waypost.store.contract.Samples;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendingCodecTest {

    private static final Plan PLAN = new Plan(new RuleSetVersion("outbound", 0), List.of(), Map.of());

    @Test
    void everyMemberComesBack() throws Exception {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("z", "1");
        tags.put("a", "2");
        Sending full = new Sending(
                new Scope("123456789012", "eu-west-1"),
                "News <news@example.com>",
                Optional.of("arn:aws:ses:eu-west-1:123456789012:identity/example.com"),
                "AKIAEXAMPLE",
                Optional.of("192.0.2.1"),
                "SendEmail",
                Optional.of("main"),
                tags,
                Optional.of(EmailAddress.of("bounces@example.com")),
                new Domain("mail.example.com"),
                new Sending.Conditions(
                        true, Optional.of("pool"), Optional.of(Instant.ofEpochMilli(1_764_000_000_123L))),
                List.of(new Sending.Field("From", "a@example.com"), new Sending.Field("From", "twice, Grüße")),
                true,
                Optional.of(new SendRequest.ListManagement("readers", Optional.of("news"))),
                true);
        Sending read = roundTrip(full);
        assertThat(read).isEqualTo(full);
        assertThat(read.tags().keySet()).containsExactly("z", "a");
    }

    @Test
    void whatIsAbsentStaysAbsent() throws Exception {
        Sending bare = new Sending(
                new Scope("123456789012", "us-east-1"),
                "a@example.com",
                Optional.empty(),
                "AKIAEXAMPLE",
                Optional.empty(),
                "SendRawEmail",
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                new Domain("example.com"),
                Sending.Conditions.NONE,
                List.of(),
                false);
        assertThat(roundTrip(bare)).isEqualTo(bare);
    }

    private static Sending roundTrip(Sending sending) throws IOException {
        byte[] row = MailCodec.encode(Samples.envelope(), PLAN, Verdicts.NONE, Optional.of(sending));
        return MailCodec.decode(row).sending().orElseThrow();
    }
}
