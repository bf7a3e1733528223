package io.waypost.outbound.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverTest {

    @ParameterizedTest(name = "{0} is of {1}")
    @CsvSource({
        "gmail-smtp-in.l.google.com, google",
        "aspmx2.googlemail.com, google",
        "example-com.mail.protection.outlook.com, microsoft",
        "example-com.a-v1.mx.microsoft, microsoft",
        "mta5.am0.yahoodns.net, yahoo",
        "mx01.mail.icloud.com, apple",
        "mx00.gmx.net, united_internet",
        "mxa-001.pphosted.com, proofpoint",
        "eu-smtp-inbound-1.mimecast.com, mimecast",
        "d1.ess.barracudanetworks.com, barracuda",
        "notgoogle.com, other",
        "google.com.evil.example, other",
        "mx.example.com, other"
    })
    void hostsAreKnownByTheirDomain(String host, String word) {
        assertThat(Receiver.of(host).word()).isEqualTo(word);
    }
}
