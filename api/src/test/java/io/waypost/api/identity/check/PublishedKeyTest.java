package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedKeyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RFC 6376 3.6.1           | v=DKIM1; k=rsa; p=MIIBIjAN        | MIIBIjAN",
                "the key alone            | p=MIIBIjAN                        | MIIBIjAN",
                "RFC 6376 3.2: white space| 'v=DKIM1 ; p = MIIB IjAN ; t=s;'  | MIIBIjAN",
                "base64 with padding      | v=DKIM1; p=MIIB==                 | MIIB==",
                "revoked                  | v=DKIM1; p=                       | ''"
            })
    void keys(String why, String record, String key) {
        assertThat(PublishedKey.in(record)).contains(key);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "none                     | v=DKIM1; k=rsa",
                "RFC 6376 3.2: two        | p=MIIB; p=MIIC",
                "another tag              | pp=MIIB; xp=MIIB",
                "nothing                  | ''",
                "separators               | ;;;=;=p;",
            })
    void noKeys(String why, String record) {
        assertThat(PublishedKey.in(record)).isEmpty();
    }
}
