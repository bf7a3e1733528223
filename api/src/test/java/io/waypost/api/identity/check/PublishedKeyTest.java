package io.waypost.api.identity.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.api.identity.DkimKey;
import io.waypost.api.identity.KeyType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedKeyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RFC 6376 3.6.1           | RSA     | MIIBIjAN | v=DKIM1; k=rsa; p=MIIBIjAN",
                "the key alone            | RSA     | MIIBIjAN | p=MIIBIjAN",
                "RFC 6376 3.2: white space| RSA     | MIIBIjAN | 'v=DKIM1 ; p = MIIB IjAN ; t=s;'",
                "base64 with padding      | RSA     | MIIB==   | v=DKIM1; p=MIIB==",
                "RFC 8463 4               | ED25519 | 11qYAYKx | v=DKIM1; k=ed25519; p=11qYAYKx",
                "RFC 8463 4: white space  | ED25519 | 11qYAYKx | 'p=11qYAYKx; k = ed25519'",
            })
    void keys(String why, KeyType type, String key, String record) {
        assertThat(PublishedKey.is(key(type, key), record)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "none                     | RSA     | MIIB     | v=DKIM1; k=rsa",
                "RFC 6376 3.2: two        | RSA     | MIIB     | p=MIIB; p=MIIC",
                "another tag              | RSA     | MIIB     | pp=MIIB; xp=MIIB",
                "nothing                  | RSA     | MIIB     | ''",
                "separators               | RSA     | MIIB     | ;;;=;=p;",
                "RFC 6376 3.6.1: revoked  | RSA     | MIIB     | v=DKIM1; p=",
                "another key              | RSA     | MIIB     | p=MIIC",
                "another type             | RSA     | MIIB     | k=ed25519; p=MIIB",
                "RFC 6376 3.6.1: k=rsa    | ED25519 | 11qYAYKx | v=DKIM1; p=11qYAYKx",
                "RFC 6376 3.2: two types  | ED25519 | 11qYAYKx | k=ed25519; k=rsa; p=11qYAYKx",
            })
    void otherRecords(String why, KeyType type, String key, String record) {
        assertThat(PublishedKey.is(key(type, key), record)).isFalse();
    }

    private static DkimKey key(KeyType type, String publicKey) {
        return new DkimKey(type, "s", publicKey, "", 0);
    }
}
