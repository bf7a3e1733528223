package io.waypost.smtp.checks.signature;

import java.nio.charset.StandardCharsets;

/** Debian's python3-dkim: a verifier that shares nothing with ours. */
public final class Dkimpy {

    private static final String PROGRAM = """
            import sys, dkim
            key = sys.argv[1].encode()
            mail = sys.stdin.buffer.read()
            print("pass" if dkim.verify(mail, dnsfunc=lambda name, timeout=5: key) else "fail")
            """;

    private Dkimpy() {}

    /** What it says of the topmost signature of a mail: {@code pass}, {@code fail}, or why it cannot say. */
    public static String verdict(TestMail mail, TestKey key) throws Exception {
        return verdict(TestMail.octets(mail.text()), key.recordText());
    }

    /** The same of any mail, and the text of its key record. */
    public static String verdict(byte[] mail, String recordText) throws Exception {
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", PROGRAM, recordText)
                .redirectErrorStream(true)
                .start();
        try (var out = process.getOutputStream()) {
            out.write(mail);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
