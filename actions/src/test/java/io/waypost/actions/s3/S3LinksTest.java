package io.waypost.actions.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.host.HostAddresses;
import io.waypost.message.port.Dns;
import io.waypost.rules.Action.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When links are signed, how long they are good, and what they look like (AWS Signature Version 4, authentication in the query). */
class S3LinksTest {

    private static final Instant STORED = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final StoredObject OBJECT = new StoredObject("mail", "a b/0a1b");

    private static S3Settings settings(String endpoint, boolean pathStyle, Duration linkExpiry) {
        return new S3Settings(URI.create(endpoint), "eu-central-1", "AKIAEXAMPLE", "topsecret", pathStyle, linkExpiry);
    }

    private static String link(S3Settings settings, Instant now) {
        try (S3ObjectStore store =
                new S3ObjectStore(settings, new HostAddresses(Dns.none()), InstantSource.fixed(now))) {
            return store.link(OBJECT, STORED, now).map(URI::toString).orElse("none");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 20261123T080000Z",
        "P3D, 20261123T080000Z",
        "PT83H59M59S, 20261123T080000Z",
        "P3DT12H, 20261126T200000Z",
        "P30D, 20261221T080000Z",
    })
    void aLinkIsSignedAnewEachTimeHalfOfItsTimeIsOver(Duration later, String signedAt) {
        assertThat(link(settings("https://s3.example", true, Duration.ofDays(7)), STORED.plus(later)))
                .contains("X-Amz-Date=" + signedAt, "X-Amz-Expires=604800");
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.example, true, https://s3.example/mail/a%20b/0a1b?",
        "https://s3.example, false, https://mail.s3.example/a%20b/0a1b?",
        "http://[::1]:9000, true, http://[::1]:9000/mail/a%20b/0a1b?",
    })
    void itsPlaceIsTheObjects(String endpoint, boolean pathStyle, String beginning) {
        assertThat(link(settings(endpoint, pathStyle, Duration.ofHours(1)), STORED))
                .startsWith(beginning)
                .contains(
                        "X-Amz-Credential=AKIAEXAMPLE%2F20261123%2Feu-central-1%2Fs3%2Faws4_request",
                        "X-Amz-SignedHeaders=host", "X-Amz-Signature=")
                .doesNotContain("topsecret");
    }

    @Test
    void withoutTimeThereAreNoLinks() {
        assertThat(link(settings("https://s3.example", true, Duration.ZERO), STORED))
                .isEqualTo("none");
    }

    @Test
    void noLinkIsGoodForLongerThanSignaturesAre() {
        assertThatThrownBy(() -> settings("https://s3.example", true, Duration.ofDays(8)))
                .hasMessage("a link to an object is good for at most seven days");
    }
}
