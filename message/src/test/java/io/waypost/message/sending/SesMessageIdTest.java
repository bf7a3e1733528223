package io.waypost.message.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.MessageId;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesMessageIdTest {

    private static final Instant NOW = Instant.parse("2026-11-26T01:02:03.456Z");

    @ParameterizedTest
    @CsvSource({"us-east-1,0100", "us-west-2,0101", "eu-west-1,0102", "ap-southeast-2,0108", "sa-east-1,01ff"})
    void hasTheFormOfTheRegion(String region, String digits) {
        String millis = String.format("%012x", NOW.toEpochMilli());
        assertThat(SesMessageId.of(MessageId.nextSent(NOW, new Random(1)), region))
                .matches(digits + millis + "-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-000000");
    }

    @Test
    void leadsBackToTheMail() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            MessageId id = MessageId.nextSent(NOW.plusMillis(i), random);
            assertThat(SesMessageId.parse(SesMessageId.of(id, "eu-west-1"))).contains(id);
        }
    }

    @Test
    void differsWithinAMillisecond() {
        Random random = new Random(3);
        assertThat(MessageId.nextSent(NOW, random)).isNotEqualTo(MessageId.nextSent(NOW, random));
    }

    @Test
    void refusesTheIdOfAReceivedMail() {
        MessageId received = MessageId.next(NOW, new Random(4));
        assertThatThrownBy(() -> SesMessageId.of(received, "us-east-1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0100019c12345678-11111111-2222-3333-4444-555555555555",
                "0100019c12345678-11111111-2222-3333-4444-555555555555-000001",
                "0100019c1234567g-11111111-2222-3333-4444-555555555555-000000",
                "0100019c12345678-1111111122-22-3333-4444-55555555555-000000",
                "0100019c12345678+11111111-2222-3333-4444-555555555555-000000"
            })
    void whatIsNoSuchNameIsNone(String text) {
        assertThat(SesMessageId.parse(text)).isEmpty();
    }

    @Test
    void bytesAndTextOfAnIdSayTheSame() {
        Random random = new Random(5);
        for (int i = 0; i < 1000; i++) {
            MessageId id = MessageId.next(NOW, random);
            assertThat(MessageId.of(id.bytes())).isEqualTo(id);
        }
    }
}
