package io.waypost.server;

import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecords;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.NextKeys;
import io.waypost.api.identity.Proof;
import io.waypost.api.identity.RotationRequests;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Settings;
import io.waypost.outbound.account.Rates;
import io.waypost.outbound.account.Reputation;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost identities}: what may send, and what must be published for it. Works beside a running server and without one. */
@Command(
        name = "identities",
        description = "List identities, show the DNS records that one needs, or change its DKIM key.",
        mixinStandardHelpOptions = true)
final class IdentitiesCommand {

    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "One line for each identity.", mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config) throws Exception {
        WaypostConfig loaded = config.load();
        List<Identity> identities = stored(loaded);
        for (String domain : loaded.domains()) {
            out().printf("%s  SUCCESS  from the configuration, in every region%n", domain);
        }
        for (Identity identity : identities) {
            out().printf(
                            Locale.ROOT,
                            "%s  %s  %s  DKIM %s%s%s%n",
                            identity.name(),
                            isConfigured(identity, loaded)
                                    ? "SUCCESS"
                                    : identity.ownership().proof().state(),
                            identity.scope(),
                            identity.dkim().proof().state(),
                            identity.dkim()
                                    .next()
                                    .map(next -> ", next key " + next.proof().state())
                                    .orElse(""),
                            identity.mailFrom()
                                    .map(it -> "  MAIL FROM " + it.domain() + " "
                                            + it.proof().state())
                                    .orElse(""));
        }
        out().println(Faults.count(loaded.domains().size() + identities.size(), "identity", "identities"));
        return 0;
    }

    /** The file's domains are the first account's. */
    private static boolean isConfigured(Identity identity, WaypostConfig config) {
        return identity.scope().account().equals(config.accounts().getFirst().id())
                && config.domains().contains(identity.name().text());
    }

    @Command(
            name = "records",
            description = "The DNS records that an identity needs, as lines of a zone file.",
            mixinStandardHelpOptions = true)
    int records(@Mixin ConfigOption config, @Parameters(paramLabel = "DOMAIN") String name) throws Exception {
        WaypostConfig loaded = config.load();
        Optional<IdentityName> parsed = IdentityName.parse(name);
        List<Identity> found = stored(loaded).stream()
                .filter(identity -> parsed.isPresent() && identity.name().equals(parsed.get()))
                .toList();
        boolean configured = loaded.domains().contains(name.toLowerCase(Locale.ROOT));
        if (found.isEmpty() && !configured) {
            spec.commandLine()
                    .getErr()
                    .println("waypost: there is no identity " + TraceReport.printable(name) + " in " + loaded.data());
            return 1;
        }
        if (found.isEmpty()) {
            out().println("; in the configuration; DKIM keys are made when VerifyDomainDkim is called");
            out().println(name.toLowerCase(Locale.ROOT) + ". IN MX 10 " + loaded.hostname() + ".");
        }
        for (Identity identity : found) {
            print(
                    identity.withConfigured(isConfigured(identity, loaded)),
                    new DnsRecords(loaded.hostname()),
                    loaded.hostname());
        }
        return 0;
    }

    @Command(
            name = "rotate",
            description = {
                "Ask the server for a new DKIM key. It signs as soon as its record is seen in DNS; until then the old one does.",
                "The old record must stay for a while: 'identities records' says how long."
            },
            mixinStandardHelpOptions = true)
    int rotate(@Mixin ConfigOption config, @Parameters(paramLabel = "DOMAIN") String name) throws Exception {
        WaypostConfig loaded = config.load();
        Optional<IdentityName> parsed = IdentityName.parse(name);
        List<Identity> found = stored(loaded).stream()
                .filter(identity -> parsed.isPresent() && identity.name().equals(parsed.get()))
                .filter(identity -> !identity.dkim().keys().isEmpty())
                .toList();
        if (found.isEmpty()) {
            return refused(
                    "there is no identity " + TraceReport.printable(name) + " with DKIM keys in " + loaded.data());
        }
        for (Identity identity : found) {
            if (identity.dkim().origin() == Dkim.Origin.EXTERNAL) {
                return refused("the key of " + identity.name() + " in " + identity.scope()
                        + " was brought; bring the next one with PutEmailIdentityDkimSigningAttributes");
            }
        }
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            Settings settings = store.settings(Set.of(RotationRequests.KIND));
            for (Identity identity : found) {
                RotationRequests.ask(settings, identity.scope(), identity.name(), Instant.now());
            }
        }
        out().println("asked for " + Faults.count(found.size(), "new key", "new keys") + " of "
                + found.getFirst().name());
        out().println("a running server makes it within seconds, and one that is not running when it starts;");
        out().println("then './waypost identities records " + found.getFirst().name()
                + "' shows the record to publish");
        return 0;
    }

    @Command(
            name = "rates",
            description = {
                "How much of each identity's mail bounced or was complained about in two weeks, and of each configuration set's",
                "with reputation metrics on. A running server writes the counts once a minute."
            },
            mixinStandardHelpOptions = true)
    int rates(@Mixin ConfigOption config) throws Exception {
        WaypostConfig loaded = config.load();
        Instant now = Instant.now();
        int count = 0;
        if (Files.exists(loaded.data())) {
            try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
                for (Settings.Setting setting : store.settings().list(Reputation.KIND)) {
                    print(Reputation.rates(setting, now));
                    count++;
                }
            }
        }
        out().println(Faults.count(count, "identity or set", "identities and sets") + " with mail in two weeks");
        return 0;
    }

    private void print(Rates rates) {
        out().printf(
                        Locale.ROOT,
                        "%s  %s  %,d recipients, %,d bounced (%.2f %%), %,d complained (%.3f %%)%s%n",
                        TraceReport.printable(rates.part()),
                        rates.scope(),
                        rates.sent(),
                        rates.bounces(),
                        100 * rates.bounceRate(),
                        rates.complaints(),
                        100 * rates.complaintRate(),
                        rates.isHigh() ? "  TOO HIGH" : "");
    }

    private int refused(String reason) {
        spec.commandLine().getErr().println("waypost: " + reason);
        return 1;
    }

    private void print(Identity identity, DnsRecords records, String hostname) {
        out().println("; " + identity.scope());
        Optional<DnsRecord.Purpose> last = Optional.empty();
        for (DnsRecord record : records.of(identity)) {
            if (!last.equals(Optional.of(record.purpose()))) {
                last = Optional.of(record.purpose());
                out().println("; " + explained(record.purpose(), identity));
            }
            out().println(record.zoneLine());
        }
        if (identity.mailFrom().isPresent()) {
            out().println("; once for this server: addresses that its mail comes from");
            out().println(hostname + ". IN TXT \"v=spf1 a -all\"");
        }
    }

    private static String explained(DnsRecord.Purpose purpose, Identity identity) {
        return switch (purpose) {
            case RECEIVING -> "so that mail comes here";
            case OWNERSHIP ->
                "ownership, " + said(identity.ownership().proof()) + "; not needed where all DKIM records are there";
            case DKIM -> "DKIM, " + said(identity.dkim().proof());
            case NEXT_DKIM ->
                "the next DKIM key, "
                        + identity.dkim()
                                .next()
                                .map(NextKeys::proof)
                                .map(IdentitiesCommand::said)
                                .orElse("")
                        + "; it signs as soon as it is seen";
            case RETIRED_DKIM ->
                "DKIM keys that sign no more, for mail that is on its way; not needed from "
                        + identity.dkim().retired().stream()
                                .map(key -> key.publishedUntil().truncatedTo(ChronoUnit.SECONDS))
                                .max(Comparator.naturalOrder())
                                .map(Instant::toString)
                                .orElse("")
                        + " on";
            case MAIL_FROM ->
                "MAIL FROM, "
                        + identity.mailFrom()
                                .map(MailFrom::proof)
                                .map(IdentitiesCommand::said)
                                .orElse("");
        };
    }

    private static String said(Proof proof) {
        return proof.state() + proof.fault().map(fault -> " (" + fault + ")").orElse("");
    }

    /** What the store has; nothing when there is no store yet. */
    private static List<Identity> stored(WaypostConfig config) throws IOException {
        List<Identity> identities = new ArrayList<>();
        if (!Files.exists(config.data())) {
            return identities;
        }
        try (BesideStore store = EmbeddedStore.openBeside(config.data())) {
            for (Settings.Setting setting : store.settings().list(IdentityText.KIND)) {
                identities.add(IdentityText.read(setting));
            }
        }
        return identities;
    }
}
