package io.waypost.message.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "bob@example.com, rfc822; bob@example.com",
        "b+o=b@example.com, rfc822; b+o=b@example.com",
        "\u00fc+=\\@example.com, 'utf-8; \\x{FC}\\x{2B}\\x{3D}\\x{5C}@example.com'",
        "\ud83d\ude00@example.com, utf-8; \\x{1F600}@example.com"
    })
    void addressesHaveAType(String address, String expected) {
        assertThat(TypedAddress.of(EmailAddress.of(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rfc822;bob@example.com, rfc822; bob@example.com",
        "rfc822;b+2Bx@example.com, rfc822; b+x@example.com",
        "rfc822;b+ZZ@example.com, rfc822; b+ZZ@example.com",
        "rfc822;b+2, rfc822; b+2",
        "rfc822;a+0D+0AX: y, rfc822; a??X: y"
    })
    void anOriginalRecipientIsDecodedAndCleaned(String orcpt, String expected) {
        assertThat(TypedAddress.original(orcpt)).contains(expected);
    }

    @Test
    void whatIsNoTypedAddressIsLeftOut() {
        assertThat(TypedAddress.original("bob@example.com")).isEmpty();
        assertThat(TypedAddress.original(";x")).isEmpty();
        assertThat(TypedAddress.original("rfc822;")).isEmpty();
    }
}
