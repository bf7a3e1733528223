package io.waypost.server;

import io.waypost.message.Attempt;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Line;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.Plan;
import io.waypost.message.RunState;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.message.port.Ledger;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The whole story of one mail as text: who sent it, which rules took it, each attempt, where it stands. */
final class TraceReport {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    TraceReport(PrintWriter out) {
        this.out = out;
    }

    void print(Ledger.Story story) {
        Mail mail = story.mail();
        Client client = mail.envelope().client();
        out.printf(
                Locale.ROOT,
                "%s  %s, accepted %s UTC, %,d bytes%n",
                mail.id(),
                accepted(mail.line()),
                TIME.format(mail.acceptedAt()),
                mail.size());
        if (mail.line() != Line.TOPIC) {
            out.printf("  from     <%s>%n", printable(mail.envelope().from().toString()));
            out.printf("  to       %s%n", addresses(mail.envelope().addresses()));
            out.printf(
                    "  client   %s, %s as %s, %s%n",
                    client.address().getHostAddress(),
                    client.protocol(),
                    printable(client.helo()),
                    client.tls().map(tls -> tls.version() + " " + tls.cipher()).orElse("no TLS"));
        }
        printVerdicts(mail.verdicts());
        out.printf("  rules    %s%n", mail.plan().ruleSet());
        for (int i = 0; i < mail.plan().runs().size(); i++) {
            printRun(mail.plan().runs().get(i), story.states().get(i), story.attempts());
        }
        new TreeMap<>(mail.plan().misses())
                .forEach((rule, reason) -> out.printf("  - %s did not match: %s%n", rule, printable(reason)));
        if (mail.plan().runs().isEmpty()) {
            out.println("  no rule asked for anything");
        }
        out.printf(
                "  %s%n",
                story.settledAt()
                        .map(at -> "settled " + TIME.format(at) + " UTC")
                        .orElse("not settled: its bytes are kept"));
    }

    private static String accepted(Line line) {
        return switch (line) {
            case INBOUND -> "received";
            case OUTBOUND -> "submitted";
            case TOPIC -> "published";
        };
    }

    private void printVerdicts(Verdicts verdicts) {
        verdicts.client().reverseName().ifPresent(name -> out.printf("  name     %s, confirmed%n", printable(name)));
        verdicts.client().listings().forEach(list -> out.printf("  listed   in %s%n", printable(list)));
        for (Verdicts.Check check : Verdicts.Check.values()) {
            Verdict verdict = verdicts.of(check);
            if (verdict.status() == Verdict.Status.DISABLED) {
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "  %-8s %s (%s), %.1f ms%s%n",
                    check.name().toLowerCase(Locale.ROOT),
                    verdict.status(),
                    printable(verdict.result()),
                    verdict.took().toNanos() / 1e6,
                    verdict.reason().isEmpty() ? "" : ": " + printable(verdict.reason()));
            if (check == Verdicts.Check.DKIM && verdicts.dkim().signatures().size() > 1) {
                verdicts.dkim().signatures().forEach(this::printSignature);
            }
        }
    }

    private void printSignature(Verdicts.Signature signature) {
        out.printf(
                "             %s of %s._domainkey.%s%s%n",
                signature.result(),
                printable(signature.selector()),
                printable(signature.domain()),
                signature.reason().isEmpty() ? "" : ": " + printable(signature.reason()));
    }

    private void printRun(Plan.PlannedRun run, RunState state, List<Attempt> attempts) {
        out.printf("  + %s matched for %s: %s%n", run.rule(), addresses(run.recipients()), describe(state));
        for (Attempt attempt : attempts) {
            if (attempt.effect().rule().equals(run.rule())) {
                out.printf(
                        Locale.ROOT,
                        "      %s UTC  action %d  %-24s try %d  %,d ms  %s%n",
                        TIME.format(attempt.at()),
                        attempt.effect().action(),
                        attempt.destination().isEmpty() ? "here" : attempt.destination(),
                        attempt.number(),
                        attempt.took().toMillis(),
                        describe(attempt.outcome()));
            }
        }
    }

    private static String describe(RunState state) {
        return switch (state) {
            case RunState.Ready ready
            when ready.isHeld() -> "action " + ready.action() + " is held; release it with 'queue'";
            case RunState.Ready ready when ready.isDropped() -> "dropped; it ends when the server claims it";
            case RunState.Ready ready when ready.attempts() == 0 -> "action " + ready.action() + " is due";
            case RunState.Ready ready ->
                "action " + ready.action() + " failed " + ready.attempts() + " times, next try "
                        + TIME.format(ready.at()) + " UTC";
            case RunState.Waiting waiting -> "waits for an earlier rule's decision";
            case RunState.Done done -> done.how().name().toLowerCase(Locale.ROOT);
            case RunState.Dead dead ->
                "DEAD at action " + dead.action() + " since " + TIME.format(dead.since()) + " UTC: "
                        + printable(dead.reason());
        };
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done: " + printable(done.detail());
            case Outcome.Retry retry -> "failed, tried again: " + printable(retry.detail());
            case Outcome.Failed failed -> "failed for good: " + printable(failed.detail());
        };
    }

    private static String addresses(List<EmailAddress> addresses) {
        return String.join(
                ", ",
                addresses.stream().map(address -> printable(address.toString())).toList());
    }

    /** What came from outside must not steer the terminal. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** {@code 3 d 4 h}, {@code 12 s}: how long ago, roughly. */
    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }
}
