package io.waypost.server;

import io.waypost.api.identity.DnsRecord;
import io.waypost.api.identity.DnsRecords;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
import io.waypost.api.identity.MailFrom;
import io.waypost.api.identity.Proof;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Settings;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost identities}: what may send, and what must be published for it. Works beside a running server and without one. */
@Command(
        name = "identities",
        description = "List identities, or show the DNS records that one needs.",
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
                            "%s  %s  %s  DKIM %s%s%n",
                            identity.name(),
                            isConfigured(identity, loaded)
                                    ? "SUCCESS"
                                    : identity.ownership().proof().state(),
                            identity.scope(),
                            identity.dkim().proof().state(),
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
