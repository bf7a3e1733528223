package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a domain,                 example.com,              example.com",
        "RFC 5321 2.4: its case,   EXAMPLE.Com,              example.com",
        "A-labels,                 xn--bcher-kva.example,    xn--bcher-kva.example",
        "digits first,             4you.example,             4you.example",
        "an address,               info@example.com,         info@example.com",
        "its case is kept,         Info@Example.COM,         Info@example.com",
        "a label,                  info+x@example.com,       info+x@example.com",
        "RFC 5321 4.1.2: atoms,    {a!b}#c.d@example.com,    {a!b}#c.d@example.com"
    })
    void names(String why, String given, String name) {
        assertThat(IdentityName.parse(given)).contains(new IdentityName(name));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing                                 | ''",
                "one label                               | localhost",
                "white space around                      | ' example.com'",
                "white space within                      | 'exam ple.com'",
                "a dot at the end                        | example.com.",
                "an empty label                          | a..example.com",
                "RFC 1035 2.3.1: a hyphen first          | -a.example.com",
                "a hyphen last                           | a-.example.com",
                "an underscore                           | _dmarc.example.com",
                "a wildcard                              | *.example.com",
                "U-labels                                | bücher.example",
                "an IPv4 address                         | 192.0.2.1",
                "RFC 5321 4.1.3: an address literal      | a@[192.0.2.1]",
                "RFC 1035 2.3.4: a label of 64           | aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.com",
                "no local part                           | @example.com",
                "no domain                               | info@",
                "two @                                   | a@b@example.com",
                "RFC 5321 4.1.2: a quoted local part     | '\"a b\"@example.com'",
                "a dot first                             | .a@example.com",
                "a dot last                              | a.@example.com",
                "angle brackets                          | <a@example.com>",
                "a display name                          | A <a@example.com>",
                "two addresses                           | 'a@example.com,b@example.com'",
                "a local part in UTF-8                   | ä@example.com",
                "RFC 5321 4.5.3.1.1: 65 octets           | aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg@example.com",
                "a URL                                   | http://example.com"
            })
    void noNames(String why, String given) {
        assertThat(IdentityName.parse(given)).isEmpty();
    }

    @Test
    void nothingWithAControlCharacterOrOfMoreThan253IsAName() {
        assertThat(IdentityName.parse("a@example.com\r\nBcc: x@example.com")).isEmpty();
        assertThat(IdentityName.parse("exa\0mple.com")).isEmpty();
        assertThat(IdentityName.parse("a.".repeat(126) + "bc")).isEmpty();
        assertThat(IdentityName.parse("a.".repeat(126) + "b")).isPresent();
    }

    @Test
    void theMostSpecificNameCoversFirst() {
        assertThat(new IdentityName("Info+x@a.example.com").covering())
                .extracting(IdentityName::text)
                .containsExactly("Info+x@a.example.com", "Info@a.example.com", "a.example.com", "example.com", "com");
        assertThat(new IdentityName("example.com").covering())
                .extracting(IdentityName::text)
                .containsExactly("example.com", "com");
    }
}
