package io.waypost.smtp.checks.spf;

import io.waypost.message.ReversePath;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.spf.SpfResult.Result;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;

/**
 * Sender Policy Framework (RFC 7208): may this client send for this domain? Stateless; any thread. A check blocks while it asks DNS,
 * at most 123 questions (RFC 7208 4.6.4), and throws nothing, whatever zones and senders hold. An interrupted thread asks no more:
 * the result is {@code temperror}, and the thread stays interrupted.
 */
public final class SpfCheck {

    private final String receiver;
    private final Clock clock;

    /** @param receiver the host that checks; explanations may name it ({@code %{r}}) */
    public SpfCheck(String receiver, Clock clock) {
        this.receiver = receiver;
        this.clock = clock;
    }

    /**
     * Checks the domain of the reverse-path, or HELO where the path is null (RFC 7208 2.4).
     *
     * @param helo what the client said, of any form
     * @param dns already bounded in time
     */
    public SpfResult check(InetAddress client, String helo, ReversePath from, Dns dns) {
        Subject subject = Subject.of(client, helo, from);
        if (subject.domain().isEmpty()) {
            // RFC 7208 4.3.
            return result(
                    subject,
                    Result.NONE,
                    SafeText.quotation(subject.claimed()) + " is no full domain name",
                    Optional.empty(),
                    Optional.empty());
        }
        Lookups lookups = new Lookups(dns);
        ClientNames names = new ClientNames(subject.client(), dns, lookups);
        MacroExpander macros = new MacroExpander(subject, names, receiver, clock);
        try {
            Evaluator.Finding finding = new Evaluator(subject, dns, lookups, names, macros)
                    .check(subject.domain().get());
            // RFC 7208 6.2: only for a fail.
            Optional<String> explanation = finding.result() == Result.FAIL
                    ? finding.explanation()
                            .flatMap(spec -> new Explanations(dns, lookups, macros).of(spec, finding.domain()))
                    : Optional.empty();
            Optional<String> mechanism = finding.directive().map(Directive::text);
            return result(subject, finding.result(), reason(subject, finding), mechanism, explanation);
        } catch (SpfError e) {
            return result(subject, e.result(), e.reason(), Optional.empty(), Optional.empty());
        }
    }

    private static String reason(Subject subject, Evaluator.Finding finding) {
        String domain = SafeText.quotation(subject.domainName());
        String client = IpText.readable(subject.client());
        String because =
                finding.directive().map(found -> " (" + found.text() + ")").orElse("");
        return switch (finding.result()) {
            case PASS -> domain + " lets " + client + " send" + because;
            case FAIL -> domain + " does not let " + client + " send" + because;
            case SOFTFAIL -> domain + " probably does not let " + client + " send" + because;
            case NEUTRAL -> domain + " does not say whether " + client + " may send" + because;
            default -> domain + " has no SPF record";
        };
    }

    private static SpfResult result(
            Subject subject, Result result, String reason, Optional<String> mechanism, Optional<String> explanation) {
        return new SpfResult(
                result,
                subject.identity(),
                subject.domainName(),
                subject.sender(),
                mechanism,
                SafeText.line(reason),
                explanation);
    }
}
