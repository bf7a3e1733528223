package io.waypost.smtp.checks;

import io.waypost.message.Envelope;
import io.waypost.message.Verdict;
import io.waypost.message.Verdicts;
import io.waypost.smtp.checks.client.ClientCheck;
import io.waypost.smtp.checks.results.AuthenticationResults;
import io.waypost.smtp.checks.results.MethodResult;
import io.waypost.smtp.checks.results.Methods;
import io.waypost.smtp.checks.spf.ReceivedSpf;
import io.waypost.smtp.checks.spf.SpfResult;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields that tell a mail's readers what the checks found, in the order of Amazon SES. */
record ResultFields(CheckSettings settings, Envelope envelope, ClientCheck client) {

    /** Complete lines, each ended by CRLF; empty when nothing was checked. */
    String of(Authentication sender, Verdicts verdicts) {
        StringBuilder fields = new StringBuilder();
        scan(fields, "X-SES-Spam-Verdict", verdicts.spam().verdict());
        scan(fields, "X-SES-Virus-Verdict", verdicts.virus());
        InetAddress address = envelope.client().address();
        String helo = envelope.client().helo();
        sender.spf().ifPresent(spf -> fields.append(ReceivedSpf.NAME)
                .append(": ")
                .append(ReceivedSpf.value(spf.found(), address, helo))
                .append("\r\n"));
        List<MethodResult> methods = methods(sender, verdicts, address, helo);
        if (!methods.isEmpty()) {
            fields.append(AuthenticationResults.field(settings.hostname(), methods, envelope.smtpUtf8()));
        }
        return fields.toString();
    }

    private static void scan(StringBuilder fields, String name, Verdict verdict) {
        if (verdict.status() != Verdict.Status.DISABLED) {
            fields.append(name).append(": ").append(verdict.status()).append("\r\n");
        }
    }

    private List<MethodResult> methods(Authentication sender, Verdicts verdicts, InetAddress address, String helo) {
        List<MethodResult> methods = new ArrayList<>();
        sender.spf().ifPresent(timed -> {
            SpfResult spf = timed.found();
            methods.add(Methods.spf(
                    spf.result().word(),
                    ReceivedSpf.comment(spf, address),
                    envelope.from().toString(),
                    helo));
        });
        sender.dkim().ifPresent(timed -> {
            timed.found().forEach(dkim -> methods.add(Methods.dkim(dkim.kept(), dkim.signaturePrefix())));
            if (timed.found().isEmpty()) {
                methods.add(Methods.dkim(new Verdicts.Signature("", "", "none", ""), ""));
            }
        });
        sender.dmarc().ifPresent(timed -> methods.add(Methods.dmarc(timed.found())));
        sender.arc().ifPresent(timed -> {
            Verdict arc = timed.found().verdict(timed.took());
            methods.add(Methods.arc(arc.result(), arc.reason(), address));
        });
        client.reverseName()
                .ifPresent(
                        name -> methods.add(Methods.iprev(name.result().name().toLowerCase(Locale.ROOT), address)));
        verdicts.client().listings().forEach(list -> methods.add(Methods.dnsbl(list, address)));
        return methods;
    }
}
