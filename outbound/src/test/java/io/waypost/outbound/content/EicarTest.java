package io.waypost.outbound.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.MessageContent;
import io.waypost.message.Verdict.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EicarTest {

    private static final String FILE = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    static Stream<Arguments> mails() {
        byte[] file = FILE.getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                row("base64, lines of 76 (RFC 2045 6.8)", true, attached("base64", mime(76, file))),
                row("base64, lines of 60", true, attached("base64", mime(60, file))),
                row("base64 without a line end", true, attached("base64", mime(0, file))),
                row(
                        "base64, with the white space that EICAR allows behind it",
                        true,
                        attached("base64", mime(76, (FILE + " \t\r\n\032").getBytes(StandardCharsets.US_ASCII)))),
                row("7bit (RFC 2045 2.7)", true, attached("7bit", FILE)),
                row(
                        "quoted-printable, all that may be quoted (RFC 2045 6.7)",
                        true,
                        attached(
                                "quoted-printable",
                                FILE.replace("!", "=21")
                                        .replace("@", "=40")
                                        .replace("[", "=5B")
                                        .replace("\\", "=5C")
                                        .replace("^", "=5E")
                                        .replace("$H", "=24=\r\nH"))),
                row(
                        "the whole mail is the file",
                        true,
                        "Content-Disposition: attachment; filename=a.com\r\n\r\n" + FILE),
                row("a text that tells of it", false, "\r\nYour scanner should stop this:\r\n\r\n" + FILE + "\r\n"),
                row("a text that is nothing else", false, "\r\n" + FILE),
                row("an attached text that tells of it", false, attached("7bit", "This is it: " + FILE)),
                row("more than 128 octets", false, attached("7bit", FILE + " ".repeat(61))),
                row("something else behind it", false, attached("7bit", FILE + "x")),
                row(
                        "base64 of a text that tells of it",
                        false,
                        attached("base64", mime(76, ("a" + FILE).getBytes(StandardCharsets.US_ASCII)))),
                row("another attachment", false, attached("base64", mime(76, new byte[200]))),
                row("no body", false, ""));
    }

    private static Arguments row(String name, boolean found, String rest) {
        return Arguments.of(name, found, "From: a@b.test\r\nMIME-Version: 1.0\r\n" + rest);
    }

    private static String mime(int line, byte[] file) {
        return Base64.getMimeEncoder(line, new byte[] {'\r', '\n'}).encodeToString(file);
    }

    private static String attached(String encoding, String body) {
        return """
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                Hello
                --b
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="invoice.com"
                Content-Transfer-Encoding: %s

                %s
                --b--
                """.replace("\n", "\r\n").formatted(encoding, body);
    }

    private static boolean isFound(String mail, int piece) throws Exception {
        byte[] octets = mail.getBytes(StandardCharsets.ISO_8859_1);
        EicarSearch search = new EicarSearch();
        for (int at = 0; at < octets.length; at += piece) {
            search.update(octets, at, Math.min(piece, octets.length - at));
        }
        return EicarAttachment.verdicts(search, MessageContent.of(octets))
                        .virus()
                        .status()
                == Status.FAIL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mails")
    void itIsTheAttachedFileAndNothingElse(String name, boolean found, String mail) throws Exception {
        for (int piece : new int[] {1, 2, 7, 15, 16, 17, 64, 8192}) {
            assertThat(isFound(mail, piece)).as(name + " in pieces of " + piece).isEqualTo(found);
        }
    }

    /** Whatever stands around it, however it is cut. */
    @Test
    void noCutAndNoNeighbourhoodHidesTheTrace() {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            byte[] word = (random.nextBoolean() ? "WDVPIVAlQEFQWzRc" : "STANDARD-ANTIVIR")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[noise.length + word.length + random.nextInt(50)];
            System.arraycopy(noise, 0, all, 0, noise.length);
            // A begin of the word right before it must not lead astray.
            if (noise.length > 5) {
                System.arraycopy(word, 0, all, noise.length - 5, 5);
            }
            System.arraycopy(word, 0, all, noise.length, word.length);
            EicarSearch search = new EicarSearch();
            for (int at = 0; at < all.length; ) {
                int piece = Math.min(all.length - at, 1 + random.nextInt(40));
                search.update(all, at, piece);
                at += piece;
            }
            assertThat(search.isSuspected()).isTrue();
        }
    }
}
