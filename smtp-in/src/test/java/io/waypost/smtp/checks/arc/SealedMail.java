package io.waypost.smtp.checks.arc;

import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;

/** A row of the tables: a mail, what DNS has, and the state of the chain, as its word and, where there is one, the reason. */
record SealedMail(String name, TestMail mail, FakeDns dns, String expected) {

    static final String SEAL_BROKEN = " of example.com: the signature does not fit the signed header fields";

    /** All keys are published. */
    static SealedMail row(String name, TestMail mail, String expected) {
        return new SealedMail(name, mail, TestChain.published(), expected);
    }

    @Override
    public String toString() {
        return name;
    }
}
