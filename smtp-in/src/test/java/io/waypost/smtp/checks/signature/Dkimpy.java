package io.waypost.smtp.checks.signature;

import java.nio.charset.StandardCharsets;

/** Debian's python3-dkim: a verifier that shares nothing with ours. */
public final class Dkimpy {

    private static final String PROGRAM = """
            import sys, dkim
            key = sys.argv[1].encode()
            mail = sys.stdin.buffer.read()
            try:
                passed = dkim.DKIM(mail).verify(idx=int(sys.argv[2]), dnsfunc=lambda name, timeout=5: key)
            except dkim.DKIMException:
                passed = False
            print("pass" if passed else "fail")
            """;

    private Dkimpy() {}

    /** What it says of the topmost signature of a mail: {@code pass}, {@code fail}, or why it cannot say. */
    public static String verdict(TestMail mail, TestKey key) throws Exception {
        return verdict(TestMail.octets(mail.text()), key.recordText());
    }

    /** The same of any mail, and the text of its key record. */
    public static String verdict(byte[] mail, String recordText) throws Exception {
        return verdict(mail, recordText, 0);
    }

    /** The same of another signature of the mail, the topmost being 0. */
    public static String verdict(byte[] mail, String recordText, int signature) throws Exception {
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", PROGRAM, recordText, Integer.toString(signature))
                .redirectErrorStream(true)
                .start();
        try (var out = process.getOutputStream()) {
            out.write(mail);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
