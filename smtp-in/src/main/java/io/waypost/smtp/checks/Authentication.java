package io.waypost.smtp.checks;

import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.arc.ArcResult;
import io.waypost.smtp.checks.dkim.DkimResult;
import io.waypost.smtp.checks.dkim.DkimVerdict;
import io.waypost.smtp.checks.dmarc.DmarcResult;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.spf.SpfResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who sent a mail, as far as four checks can tell; empty for those that are off. */
record Authentication(
        Optional<Timed<SpfResult>> spf,
        Optional<Timed<List<DkimResult>>> dkim,
        Optional<Timed<DmarcResult>> dmarc,
        Optional<Timed<ArcResult>> arc) {

    Verdict spfVerdict() {
        return spf.map(timed -> timed.found().verdict(timed.took())).orElseGet(Verdict::disabled);
    }

    Verdicts.Dkim dkimVerdict() {
        return dkim.map(timed -> DkimVerdict.of(timed.found(), timed.took())).orElse(Verdicts.NONE.dkim());
    }

    Verdict arcVerdict() {
        return arc.map(timed -> timed.found().verdict(timed.took())).orElseGet(Verdict::disabled);
    }

    /** DMARC's, mended where a forwarder that the operator trusts saw the mail pass before he changed it (RFC 8617 7.2.1). */
    Verdicts.Dmarc dmarcVerdict(Set<String> trustedSealers) {
        if (dmarc.isEmpty()) {
            return Verdicts.NONE.dmarc();
        }
        Verdicts.Dmarc verdict = dmarc.get().found().verdict(dmarc.get().took());
        Optional<String> sealer = voucher(trustedSealers);
        if (verdict.verdict().status() != Status.FAIL || sealer.isEmpty()) {
            return verdict;
        }
        Verdict mended = new Verdict(
                Status.PASS,
                verdict.verdict().result(),
                verdict.verdict().reason() + "; " + sealer.get() + " is trusted and vouches for it",
                verdict.verdict().took());
        return new Verdicts.Dmarc(mended, verdict.policy());
    }

    private Optional<String> voucher(Set<String> trusted) {
        Optional<String> author = dmarc.flatMap(timed -> timed.found().fromDomain());
        return author.isEmpty() || trusted.isEmpty()
                ? Optional.empty()
                : arc.map(Timed::found)
                        .filter(chain -> chain.status() == ArcResult.Status.PASS)
                        .flatMap(ArcResult::newest)
                        .filter(sealer -> trusted.contains(sealer.domain()))
                        .filter(sealer -> SealerClaims.passesDmarc(sealer.claims(), author.get()))
                        .map(sealer -> sealer.domain());
    }

    /** The domain that SPF answers for. */
    static Optional<String> passedBySpf(Optional<Timed<SpfResult>> spf) {
        return spf.map(Timed::found)
                .filter(result -> result.result() == SpfResult.Result.PASS)
                .map(SpfResult::domain);
    }

    /** The domains that signatures answer for. */
    static List<String> passedByDkim(Optional<Timed<List<DkimResult>>> dkim) {
        return dkim.stream()
                .flatMap(timed -> timed.found().stream())
                .filter(result -> result.result() == Result.PASS)
                .map(DkimResult::domain)
                .distinct()
                .toList();
    }

    /** Something might have passed on another day. */
    static boolean isSomeUnknown(Optional<Timed<SpfResult>> spf, Optional<Timed<List<DkimResult>>> dkim) {
        return spf.filter(timed -> timed.found().result() == SpfResult.Result.TEMPERROR)
                        .isPresent()
                || dkim.stream()
                        .flatMap(timed -> timed.found().stream())
                        .anyMatch(result -> result.result() == Result.TEMPERROR);
    }

    /** Of a check that was not done in time. */
    static DkimResult unfinished(String reason) {
        return new DkimResult(Result.TEMPERROR, "", "", Optional.empty(), Optional.empty(), "", reason);
    }

    /** How long a check took that did not finish: nobody knows, but it was not asked for nothing. */
    static final Duration UNFINISHED = Duration.ZERO;
}
