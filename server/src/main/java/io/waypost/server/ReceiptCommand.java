package io.waypost.server;

import io.waypost.api.aws.sign.StoredKeys;
import io.waypost.api.secret.ReceiptSigningKey;
import io.waypost.api.secret.Sealing;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.dkim.DkimResult;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.reception.ReceiptVerifier;
import io.waypost.store.BesideStore;
import io.waypost.store.EmbeddedStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code waypost receipt}: proves that this server received a mail. Works beside a running server and without one. */
@Command(
        name = "receipt",
        description = "Check the X-SES-RECEIPT and X-SES-DKIM-SIGNATURE of a stored mail.",
        mixinStandardHelpOptions = true)
final class ReceiptCommand {

    @Spec
    private CommandSpec spec;

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "verify",
            description = "Say whether this server received a mail, under which id and when. Exit code 0: it did.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "FILE", description = "The mail as it was stored; - reads standard input.")
                    Path file)
            throws Exception {
        WaypostConfig loaded = config.load();
        Sealing sealing = new Sealing(loaded.data(), new SecureRandom());
        ReceiptVerifier verifier =
                new ReceiptVerifier(ReceiptWiring.before(sealing), ownKey(loaded, sealing), Clock.systemUTC());
        try (InputStream in = new BufferedInputStream(
                file.toString().equals("-") ? System.in : Files.newInputStream(file), 1 << 16)) {
            return report(verifier.verify(new CrlfStream(in)));
        }
    }

    private int report(ReceiptVerifier.Found found) {
        if (found.genuine().isPresent()) {
            out().printf(
                            "genuine: received as %s at %s%n",
                            found.genuine().get(), found.genuine().get().acceptedAt());
        } else if (found.claimed() == 0) {
            out().println("no receipt: the mail has no X-SES-RECEIPT");
        } else {
            out().println(
                            "forged: the receipt was not made by this server for this mail, or its From, To, Cc, Subject, Date"
                                    + " or Message-ID was changed");
        }
        boolean whole = found.signatures().stream().allMatch(signature -> signature.result() == Result.PASS);
        for (DkimResult signature : found.signatures()) {
            out().println(
                            signature.result() == Result.PASS
                                    ? "signature: good, the mail is as it was received"
                                    : "signature: " + signature.result() + ", "
                                            + TraceReport.printable(signature.reason()));
        }
        return found.genuine().isPresent() && whole ? 0 : 1;
    }

    @Command(
            name = "record",
            description =
                    "The DNS record that lets others verify X-SES-DKIM-SIGNATURE. Makes the key if there is none.",
            mixinStandardHelpOptions = true)
    int record(@Mixin ConfigOption config) throws Exception {
        WaypostConfig loaded = config.load();
        SecureRandom random = new SecureRandom();
        Sealing sealing = new Sealing(loaded.data(), random, () -> sealedBefore(loaded));
        ReceiptSigningKey key = ReceiptSigningKey.in(loaded.data(), sealing, random);
        out().printf("%s. TXT \"%s\"%n", ReceiptWiring.recordName(loaded, key), key.keyRecord());
        if (!loaded.smtp().signReceived()) {
            out().println("# nothing is signed yet: smtp.signReceived is off");
        }
        return 0;
    }

    // Asked only where there is no master key; before the first start there is no store either.
    private static Optional<String> sealedBefore(WaypostConfig config) throws IOException {
        if (Files.notExists(config.data().resolve("store.db"))) {
            return Optional.empty();
        }
        try (BesideStore store = EmbeddedStore.openBeside(config.data())) {
            return new SealedSettings(store.settings(Set.of(StoredKeys.KIND))).example();
        }
    }

    /** Knows the key of this server and no other: what others say is no proof of what happened here. */
    private static Dns ownKey(WaypostConfig config, Sealing sealing) throws IOException {
        if (!ReceiptSigningKey.isIn(config.data())) {
            return new OneKey("", "");
        }
        ReceiptSigningKey key = ReceiptSigningKey.in(config.data(), sealing, new SecureRandom());
        return new OneKey(ReceiptWiring.recordName(config, key), key.keyRecord());
    }

    private record OneKey(String name, String text) implements Dns {

        @Override
        public Answer<String> texts(String asked) {
            return asked.equalsIgnoreCase(name) ? new Found<>(List.of(text), false) : new NoName<>();
        }

        @Override
        public Answer<InetAddress> addresses(String asked, Family family) {
            return new NoName<>();
        }

        @Override
        public Answer<Exchanger> exchangers(String asked) {
            return new NoName<>();
        }

        @Override
        public Answer<String> names(InetAddress address) {
            return new NoName<>();
        }
    }
}
