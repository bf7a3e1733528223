package io.waypost.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.server.support.Sender;
import io.waypost.server.support.Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail that was received proves it long afterwards, from the file that an application has of it. */
class ReceiptCommandTest {

    private static final String RULES = """
            name: main
            active: true
            rules:
              - name: keep
                actions: [ { addHeader: { name: X-Queue, value: kept } }, { s3: { bucket: mail } } ]
            """;
    private static final byte[] MAIL = ("From: Alice <alice@sender.test>\r\nTo: help@example.test\r\nSubject: hello\r\n"
                    + "X-SES-RECEIPT: AAAA\r\n\r\nSee you tomorrow.\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Ran receipt(Setup setup, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "receipt";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = setup.config().toString();
        return Ran.command(all);
    }

    private Setup setup(boolean signed) throws Exception {
        Setup setup = new Setup(folder).rules(RULES);
        if (signed) {
            setup.smtp("smtp: { signReceived: on, listeners: [ { address: \"127.0.0.1:%d\", tls: none } ] }%n"
                    .formatted(setup.smtpPort()));
        }
        return setup.write();
    }

    private Path stored(Setup setup, String id) {
        Path object = setup.data().resolve("objects/mail").resolve(id);
        Awaitility.await().until(() -> Files.exists(object));
        return object;
    }

    private static String receive(Setup setup) throws Exception {
        try (Server server = InProcess.start(setup);
                Sender sender = new Sender(setup.smtpPort())) {
            String id = Sender.idOf(sender.send("alice@sender.test", "help@example.test", MAIL));
            InProcess.awaitSettled(setup);
            return id;
        }
    }

    @Test
    void whatWasReceivedIsGenuineAndWhatWasChangedIsNot() throws Exception {
        Setup setup = setup(false);
        String id = receive(setup);
        Path mail = stored(setup, id);
        String text = Files.readString(mail, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("X-SES-RECEIPT: AAAA\r\n", "X-SES-DKIM-SIGNATURE");

        Ran good = receipt(setup, "verify", mail.toString());
        assertThat(good.out()).matches("genuine: received as " + id + " at 20\\S+Z\\R");
        assertThat(good.exitCode()).isZero();

        Path unix = Files.writeString(folder.resolve("unix.eml"), text.replace("\r\n", "\n"));
        assertThat(receipt(setup, "verify", unix.toString()).exitCode()).isZero();

        Path changed = Files.writeString(folder.resolve("changed.eml"), text.replace("hello", "hullo"));
        Ran bad = receipt(setup, "verify", changed.toString());
        assertThat(bad.out()).startsWith("forged: ");
        assertThat(bad.exitCode()).isEqualTo(1);

        Path foreign = Files.writeString(folder.resolve("foreign.eml"), "From: a@example.com\n\nhi\n");
        Ran none = receipt(setup, "verify", foreign.toString());
        assertThat(none.out()).startsWith("no receipt: ");
        assertThat(none.exitCode()).isEqualTo(1);
    }

    @Test
    void aSignatureProvesTheWholeMail() throws Exception {
        Setup setup = setup(true);
        Ran before = receipt(setup, "record");
        assertThat(before.out())
                .matches(
                        "received-[0-9a-f]{8}\\._domainkey\\.mx\\.example\\.test\\. TXT \"v=DKIM1; k=ed25519; p=.{44}\"\\R");
        String id = receive(setup);
        assertThat(receipt(setup, "record").out()).isEqualTo(before.out());
        Path mail = stored(setup, id);

        Ran good = receipt(setup, "verify", mail.toString());
        assertThat(good.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("genuine: received as " + id),
                        line -> assertThat(line).isEqualTo("signature: good, the mail is as it was received"));

        String text = Files.readString(mail, StandardCharsets.ISO_8859_1);
        Path changed = Files.writeString(folder.resolve("changed.eml"), text.replace("tomorrow", "on Friday"));
        Ran bad = receipt(setup, "verify", changed.toString());
        assertThat(bad.out().lines())
                .satisfiesExactly(line -> assertThat(line).startsWith("genuine: "), line -> assertThat(line)
                        .isEqualTo("signature: fail, the body was changed"));
        assertThat(bad.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutItsKeyNothingIsSaid() throws Exception {
        Setup setup = setup(false);
        Path mail = stored(setup, receive(setup));
        Path key = setup.data().resolve("keys/master.key");
        Path away = Files.move(key, folder.resolve("away"), StandardCopyOption.ATOMIC_MOVE);

        Ran ran = receipt(setup, "verify", mail.toString());

        assertThat(ran.err()).startsWith("waypost: the master key ").contains(" is missing");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(key).doesNotExist();
        assertThat(away).exists();
    }
}
