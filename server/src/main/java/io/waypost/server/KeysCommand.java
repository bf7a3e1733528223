package io.waypost.server;

import io.waypost.api.aws.sign.Access;
import io.waypost.api.aws.sign.AccessKey;
import io.waypost.api.aws.sign.ConfiguredKeys;
import io.waypost.api.aws.sign.SmtpPassword;
import io.waypost.api.aws.sign.StoredKeys;
import io.waypost.api.secret.Sealing;
import io.waypost.config.AccountSettings;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Settings;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost keys}: access keys of the APIs. Works beside a running server and without one. */
@Command(
        name = "keys",
        description =
                "Make, list or delete access keys for the APIs and for SMTP. A running server notices within seconds.",
        mixinStandardHelpOptions = true)
final class KeysCommand {

    private final SecureRandom random = new SecureRandom();

    @Spec
    private CommandSpec spec;

    /** Which account. */
    static final class AccountOption {

        @Option(
                names = "--account",
                paramLabel = "ID",
                description = "An account of the configuration; may be left out where there is only one.")
        private @Nullable String id;

        String of(WaypostConfig config, CommandSpec spec) {
            List<String> known =
                    config.accounts().stream().map(AccountSettings::id).toList();
            String account = id == null && known.size() == 1 ? known.getFirst() : id;
            if (account == null) {
                throw new ParameterException(
                        spec.commandLine(), "--account is needed, one of " + String.join(", ", known));
            }
            if (!known.contains(account)) {
                throw new IllegalArgumentException("there is no account %s; the configuration has %s"
                        .formatted(account, String.join(", ", known)));
            }
            return account;
        }
    }

    private interface Work {
        int with(StoredKeys keys, String account, WaypostConfig config) throws IOException;
    }

    private int beside(ConfigOption config, AccountOption option, Work work) throws Exception {
        WaypostConfig loaded = config.load();
        String account = option.of(loaded, spec);
        try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
            return work.with(stored(loaded, store), account, loaded);
        }
    }

    private StoredKeys stored(WaypostConfig config, BesideStore store) {
        Settings settings = store.settings(Set.of(StoredKeys.KIND));
        Sealing sealing = new Sealing(config.data(), random, new SealedSettings(settings));
        return Access.stored(config.accounts(), settings, sealing, Clock.systemUTC());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "create",
            description = "Make a key. Its secret is shown this once and cannot be shown again.",
            mixinStandardHelpOptions = true)
    int create(@Mixin ConfigOption config, @Mixin AccountOption account) throws Exception {
        return beside(config, account, (keys, owner, loaded) -> {
            AccessKey key = keys.create(owner, random);
            out().printf("# for the shell%n");
            out().printf("export AWS_ACCESS_KEY_ID=%s%n", key.id());
            out().printf("export AWS_SECRET_ACCESS_KEY=%s%n", key.secret().reveal());
            out().printf("%n# for ~/.aws/credentials%n");
            out().printf("[waypost-%s]%n", key.account());
            out().printf("aws_access_key_id = %s%n", key.id());
            out().printf("aws_secret_access_key = %s%n", key.secret().reveal());
            for (String region : loaded.ses().regions()) {
                out().printf("%n# for SMTP, region %s%n", region);
                out().printf("SMTP_USERNAME=%s%n", key.id());
                out().printf(
                                "SMTP_PASSWORD=%s%n",
                                SmtpPassword.of(key.secret(), region).reveal());
            }
            return 0;
        });
    }

    @Command(
            name = "list",
            description = "One line for each key that was made here; not those of the configuration.",
            mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config, @Mixin AccountOption account) throws Exception {
        return beside(config, account, (keys, owner, loaded) -> {
            List<StoredKeys.Listed> all = keys.list(owner);
            all.forEach(key ->
                    out().printf("%s  made %s%n", key.id(), key.createdAt().truncatedTo(ChronoUnit.SECONDS)));
            out().printf("%s of account %s%n", Faults.count(all.size(), "key", "keys"), owner);
            return 0;
        });
    }

    @Command(
            name = "smtp-password",
            description = {
                "Show the password that goes with a key in SMTP. It is made from the key's secret and the region;",
                "the secret cannot be found out from it."
            },
            mixinStandardHelpOptions = true)
    int smtpPassword(
            @Mixin ConfigOption config,
            @Option(
                            names = "--region",
                            paramLabel = "REGION",
                            description = "A region of the configuration; may be left out where there is only one.")
                    @Nullable
                    String region,
            @Parameters(paramLabel = "KEY-ID") String id)
            throws Exception {
        WaypostConfig loaded = config.load();
        String chosen = region(loaded.ses().regions(), region);
        Optional<AccessKey> key = new ConfiguredKeys(loaded.accounts()).find(id);
        if (key.isEmpty()) {
            try (BesideStore store = EmbeddedStore.openBeside(loaded.data())) {
                key = stored(loaded, store).find(id);
            }
        }
        if (key.isEmpty()) {
            spec.commandLine().getErr().printf("waypost: there is no key %s%n", TraceReport.printable(id));
            return 1;
        }
        out().println(SmtpPassword.of(key.get().secret(), chosen).reveal());
        return 0;
    }

    private String region(List<String> known, @Nullable String wanted) {
        if (wanted == null && known.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--region is needed, one of " + String.join(", ", known));
        }
        String region = wanted == null ? known.getFirst() : wanted;
        if (!known.contains(region)) {
            throw new IllegalArgumentException("there is no region %s; the configuration has %s"
                    .formatted(TraceReport.printable(region), String.join(", ", known)));
        }
        return region;
    }

    @Command(
            name = "delete",
            description = "Delete a key. Whoever has it is refused within seconds.",
            mixinStandardHelpOptions = true)
    int delete(@Mixin ConfigOption config, @Mixin AccountOption account, @Parameters(paramLabel = "KEY-ID") String id)
            throws Exception {
        return beside(config, account, (keys, owner, loaded) -> {
            if (keys.delete(owner, id)) {
                out().printf("deleted %s%n", TraceReport.printable(id));
                return 0;
            }
            spec.commandLine()
                    .getErr()
                    .printf("waypost: account %s has no key %s that was made here%n", owner, TraceReport.printable(id));
            return 1;
        });
    }
}
