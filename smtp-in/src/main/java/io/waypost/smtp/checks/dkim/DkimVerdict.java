package io.waypost.smtp.checks.dkim;

import io.waypost.message.Verdict;
import io.waypost.message.Verdict.Status;
import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.signature.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From the results of single signatures to the verdict about a mail. */
public final class DkimVerdict {

    /** The first of these that a signature has is the mail's. What might pass on another day is not yet a failure. */
    private static final List<Result> ORDER =
            List.of(Result.PASS, Result.TEMPERROR, Result.FAIL, Result.POLICY, Result.PERMERROR, Result.NEUTRAL);

    private DkimVerdict() {}

    /**
     * PASS when one signature passes, PROCESSING_FAILED when none does and a key could not be had, FAIL when there are others, GRAY
     * when there is none at all or only such of domains that are trying out (RFC 6376 3.6.1 {@code t=y}).
     *
     * @param results of {@link DkimVerifier#verify}
     * @param took how long it was at work
     */
    public static Verdicts.Dkim of(List<DkimResult> results, Duration took) {
        Optional<DkimResult> telling = ORDER.stream()
                .flatMap(wanted -> results.stream().filter(result -> result.result() == wanted))
                .findFirst();
        Verdict verdict = telling.map(result ->
                        new Verdict(status(result.result()), result.result().toString(), reason(result), took))
                .orElseGet(() -> new Verdict(Status.GRAY, Result.NONE.toString(), "no signature", took));
        return new Verdicts.Dkim(verdict, results.stream().map(DkimResult::kept).toList());
    }

    private static String reason(DkimResult result) {
        String who = result.domain();
        return who.isEmpty() || result.reason().isEmpty() ? who + result.reason() : who + ": " + result.reason();
    }

    private static Status status(Result result) {
        return switch (result) {
            case PASS -> Status.PASS;
            case TEMPERROR -> Status.PROCESSING_FAILED;
            case FAIL, POLICY, PERMERROR -> Status.FAIL;
            case NEUTRAL, NONE -> Status.GRAY;
        };
    }
}
