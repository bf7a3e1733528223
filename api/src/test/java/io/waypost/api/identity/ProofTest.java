package io.waypost.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0} after {1}h: {2}")
    @CsvSource({
        "NOT_STARTED,       100, PRESENT,          NOT_STARTED",
        "PENDING,           1,   PRESENT,          SUCCESS",
        "PENDING,           1,   HOST_NOT_FOUND,   PENDING",
        "PENDING,           71,  INVALID_VALUE,    PENDING",
        "PENDING,           72,  PRESENT,          SUCCESS",
        "PENDING,           72,  TYPE_NOT_FOUND,   FAILED",
        "PENDING,           72,  DNS_SERVER_ERROR, FAILED",
        "SUCCESS,           100, PRESENT,          SUCCESS",
        "SUCCESS,           100, DNS_SERVER_ERROR, SUCCESS",
        "SUCCESS,           100, HOST_NOT_FOUND,   TEMPORARY_FAILURE",
        "SUCCESS,           100, INVALID_VALUE,    TEMPORARY_FAILURE",
        "TEMPORARY_FAILURE, 1,   PRESENT,          SUCCESS",
        "TEMPORARY_FAILURE, 71,  HOST_NOT_FOUND,   TEMPORARY_FAILURE",
        "TEMPORARY_FAILURE, 72,  HOST_NOT_FOUND,   FAILED",
        "TEMPORARY_FAILURE, 100, DNS_SERVER_ERROR, TEMPORARY_FAILURE",
        "FAILED,            1,   PRESENT,          FAILED"
    })
    void states(VerificationState before, int hours, Finding finding, VerificationState after) {
        Proof proof = new Proof(before, NOON, Optional.empty(), Optional.empty());

        Proof changed = proof.after(finding, NOON.plus(Duration.ofHours(hours)));

        assertThat(changed.state()).isEqualTo(after);
        if (before == after) {
            assertThat(changed.since()).isEqualTo(NOON);
        }
    }

    @Test
    void onlyWhatFailedOrNeverBeganBeginsAnew() {
        Instant later = NOON.plusSeconds(60);

        assertThat(Proof.pending(NOON).begun(later)).isEqualTo(Proof.pending(NOON));
        assertThat(Proof.success(NOON).begun(later)).isEqualTo(Proof.success(NOON));
        assertThat(Proof.notStarted(NOON).begun(later)).isEqualTo(Proof.pending(later));
        Proof failed = Proof.pending(NOON).after(Finding.HOST_NOT_FOUND, NOON.plus(Proof.PATIENCE));
        assertThat(failed.begun(later)).isEqualTo(Proof.pending(later));
    }

    @Test
    void theMomentOfSuccessIsKept() {
        Proof gone = Proof.success(NOON).after(Finding.HOST_NOT_FOUND, NOON.plusSeconds(60));

        assertThat(gone.lastSuccess()).contains(NOON);
        assertThat(gone.fault()).contains(Finding.HOST_NOT_FOUND);
        assertThat(gone.holds()).isTrue();
        assertThat(gone.after(Finding.PRESENT, NOON.plusSeconds(90))).isEqualTo(Proof.success(NOON.plusSeconds(90)));
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT,          HOST_NOT_FOUND,   PRESENT,          HOST_NOT_FOUND",
        "HOST_NOT_FOUND,   PRESENT,          PRESENT,          HOST_NOT_FOUND",
        "INVALID_VALUE,    HOST_NOT_FOUND,   INVALID_VALUE,    INVALID_VALUE",
        "INVALID_VALUE,    DNS_SERVER_ERROR, DNS_SERVER_ERROR, INVALID_VALUE",
        "DNS_SERVER_ERROR, HOST_NOT_FOUND,   DNS_SERVER_ERROR, DNS_SERVER_ERROR",
        "PRESENT,          PRESENT,          PRESENT,          PRESENT"
    })
    void twoFindings(Finding one, Finding other, Finding either, Finding both) {
        assertThat(one.or(other)).isEqualTo(either);
        assertThat(one.and(other)).isEqualTo(both);
    }
}
