package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsRecordsTest {

    @TempDir
    Path folder;

    private Setup setup;

    @BeforeEach
    void set() throws Exception {
        setup = new Setup(folder);
    }

    @Test
    void allThatADomainNeedsIsNamed() throws Exception {
        Identity identity = setup.identities.verifyDkim(Setup.HERE, "example.com");
        setup.identitySettings.mailFrom(Setup.HERE, "example.com", Optional.of("b.example.com"), Optional.empty());
        List<String> selectors = identity.dkim().tokens();

        List<String> lines =
                setup.records("example.com").stream().map(DnsRecord::zoneLine).toList();

        assertThat(lines.get(0)).isEqualTo("example.com. IN MX 10 mail.host.test.");
        assertThat(lines.get(1))
                .isEqualTo("_amazonses.example.com. IN TXT \""
                        + identity.ownership().token().orElseThrow() + "\"");
        for (int i = 0; i < 3; i++) {
            assertThat(lines.get(2 + i))
                    .startsWith(selectors.get(i) + "._domainkey.example.com. IN TXT \"v=DKIM1; k=rsa; p=MIIB");
        }
        assertThat(lines.subList(5, 7))
                .containsExactly(
                        "b.example.com. IN MX 10 mail.host.test.",
                        "b.example.com. IN TXT \"v=spf1 include:mail.host.test ~all\"");
        assertThat(lines).hasSize(7);
    }

    @Test
    void aLongTextIsManyStrings() {
        DnsRecord record = new DnsRecord(DnsRecord.Purpose.DKIM, "a.test", DnsRecord.Type.TXT, "x".repeat(600));

        assertThat(record.zoneLine())
                .isEqualTo("a.test. IN TXT \"" + "x".repeat(255) + "\" \"" + "x".repeat(255) + "\" \"" + "x".repeat(90)
                        + "\"");
    }

    @Test
    void whatTheFileNamesNeedsNoToken() throws Exception {
        setup.identities.verifyDomain(Setup.HERE, "configured.test");

        assertThat(setup.records("configured.test"))
                .extracting(DnsRecord::purpose)
                .containsExactly(DnsRecord.Purpose.RECEIVING);
    }

    @Test
    void anAddressNeedsNothingOfItsOwn() throws Exception {
        setup.identities.verifyAddress(Setup.HERE, "info@example.com");

        assertThat(setup.records("info@example.com")).isEmpty();
    }
}
