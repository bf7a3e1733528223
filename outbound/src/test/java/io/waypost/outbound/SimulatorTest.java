package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorTest {

    /** Contract 4.6. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "success         | Delivered[smtpResponse=250 2.6.0 Message received]",
                "success+a.b     | Delivered[smtpResponse=250 2.6.0 Message received]",
                "BOUNCE          | Bounced[kind=PERMANENT_GENERAL, status=5.1.1, diagnosticCode=smtp; 550 5.1.1 user unknown]",
                "complaint+x     | Complained[smtpResponse=250 2.6.0 Message received, feedbackType=abuse, userAgent=Amazon SES Mailbox Simulator]",
                "ooto            | AutoReplied[smtpResponse=250 2.6.0 Message received]",
                "suppressionlist | Bounced[kind=PERMANENT_GENERAL, status=5.1.1, diagnosticCode=smtp; 550 5.1.1 this blacklisted address is on the suppression list of the simulator]",
                "other           | Bounced[kind=PERMANENT_GENERAL, status=5.1.1, diagnosticCode=smtp; 550 5.1.1 no such address at the mailbox simulator]"
            })
    void everyAddressHasItsEffect(String local, String effect) {
        EmailAddress address = EmailAddress.of(local + "@Simulator.AmazonSES.com");
        assertThat(Simulator.has(address)).isTrue();
        assertThat(Simulator.at(address).orElseThrow()).hasToString(effect);
    }

    @ParameterizedTest
    @CsvSource({"success@example.com", "success@x.simulator.amazonses.com", "success@simulator.amazonses.com.example"})
    void nobodyElseIsSimulated(String address) {
        assertThat(Simulator.at(EmailAddress.of(address))).isEmpty();
    }
}
