package io.waypost.server;

import io.waypost.api.identity.Dkim;
import io.waypost.api.identity.Ed25519;
import io.waypost.api.identity.Ed25519Requests;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityName;
import io.waypost.api.identity.IdentityText;
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
import java.util.ArrayList;
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
        description = "List identities, show the DNS records that one needs, or change its DKIM keys.",
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
                            "%s  %s  %s  DKIM %s%s%s%s%n",
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
                            identity.dkim()
                                    .ed25519()
                                    .map(IdentitiesCommand::state)
                                    .orElse(""),
                            identity.mailFrom()
                                    .map(it -> "  MAIL FROM " + it.domain() + " "
                                            + it.proof().state())
                                    .orElse(""));
        }
        out().println(Faults.count(loaded.domains().size() + identities.size(), "identity", "identities"));
        return 0;
    }

    private static String state(Ed25519 ed25519) {
        return ", Ed25519 " + ed25519.current().proof().state()
                + ed25519.next()
                        .map(next -> ", next Ed25519 key " + next.proof().state())
                        .orElse("");
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
            IdentityRecords.print(identity.withConfigured(isConfigured(identity, loaded)), loaded.hostname(), out());
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
        List<Identity> found = signed(loaded, name);
        if (found.isEmpty()) {
            return nothingIsSigned(loaded, name);
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
        tellOfRecord(found.getFirst());
        return 0;
    }

    @Command(
            name = "ed25519",
            description = {
                "Ask the server to sign with an Ed25519 key, too, or no more. It signs beside the RSA key, as long as its record is seen in",
                "DNS; verifiers that do not know Ed25519 look at RSA's signature. 'identities rotate' renews both."
            },
            mixinStandardHelpOptions = true)
    int ed25519(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "DOMAIN") String name,
            @Parameters(paramLabel = "on|off") String word)
            throws Exception {
        boolean on = word.equals("on");
        if (!on && !word.equals("off")) {
            return refused("on or off is wanted, and not " + TraceReport.printable(word));
        }
        WaypostConfig loaded = config.load();
        List<Identity> found = signed(loaded, name);
        if (found.isEmpty()) {
            return nothingIsSigned(loaded, name);
        }
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            Settings settings = store.settings(Set.of(Ed25519Requests.KIND));
            for (Identity identity : found) {
                Ed25519Requests.ask(settings, identity.scope(), identity.name(), on, Instant.now());
            }
        }
        if (on) {
            out().println("asked for " + Faults.count(found.size(), "Ed25519 key", "Ed25519 keys") + " of "
                    + found.getFirst().name());
            tellOfRecord(found.getFirst());
        } else {
            out().println("asked to sign " + found.getFirst().name()
                    + " with RSA only; leave the record until 'identities records' does not show it any more");
        }
        return 0;
    }

    private void tellOfRecord(Identity identity) {
        out().println("a running server makes it within seconds, and one that is not running when it starts;");
        out().println("then './waypost identities records " + identity.name() + "' shows the record to publish");
    }

    /** Those of that name that have DKIM keys. */
    private static List<Identity> signed(WaypostConfig config, String name) throws IOException {
        Optional<IdentityName> parsed = IdentityName.parse(name);
        return stored(config).stream()
                .filter(identity -> parsed.isPresent() && identity.name().equals(parsed.get()))
                .filter(identity -> !identity.dkim().keys().isEmpty())
                .toList();
    }

    private int nothingIsSigned(WaypostConfig config, String name) {
        return refused("there is no identity " + TraceReport.printable(name) + " with DKIM keys in " + config.data());
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
