package io.waypost.server;

import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.Verdicts.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Verdicts that somebody wants tried, instead of ones that were found. */
final class GivenVerdicts {

    private GivenVerdicts() {}

    static Verdicts of(Map<Check, Verdict.Status> given) {
        return new Verdicts(
                verdict(given, Check.SPF),
                new Verdicts.Dkim(verdict(given, Check.DKIM), List.of()),
                new Verdicts.Dmarc(verdict(given, Check.DMARC), Optional.empty()),
                verdict(given, Check.ARC),
                new Verdicts.Spam(verdict(given, Check.SPAM), OptionalDouble.empty(), List.of()),
                verdict(given, Check.VIRUS),
                Verdicts.NONE.client());
    }

    private static Verdict verdict(Map<Check, Verdict.Status> given, Check check) {
        Verdict.Status status = given.get(check);
        return status == null ? Verdict.disabled() : new Verdict(status, "given", "", Duration.ZERO);
    }
}
