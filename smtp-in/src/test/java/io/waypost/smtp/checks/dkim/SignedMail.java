package io.waypost.smtp.checks.dkim;

import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.signature.TestSigner;
import io.waypost.smtp.testing.FakeDns;

/** A row of the tables: a mail, what DNS has, and the results, each as its word and, where there is one, its reason. */
record SignedMail(String name, TestMail mail, FakeDns dns, String expected) {

    /** Where the key of {@link TestSigner#rsa()} stands. */
    static final String RSA_NAME = "rsa._domainkey.example.com";

    /** All keys are published. */
    static SignedMail row(String name, TestMail mail, String expected) {
        return new SignedMail(name, mail, TestVerifier.dns(), expected);
    }

    static SignedMail row(String name, TestMail mail, FakeDns dns, String expected) {
        return new SignedMail(name, mail, dns, expected);
    }

    /** The key record of the RSA key is this text. */
    static SignedMail record(String name, TestMail mail, String text, String expected) {
        return new SignedMail(name, mail, new FakeDns().txt(RSA_NAME, text), expected);
    }

    /** Signs with the RSA key, one tag being another than usual. */
    static TestSigner rsa(String tag, String value) {
        return TestSigner.rsa().tag(tag, value);
    }

    @Override
    public String toString() {
        return name;
    }
}
