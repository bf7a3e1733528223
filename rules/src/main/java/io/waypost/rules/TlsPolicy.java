package io.waypost.rules;

/** Whether a rule takes mail that came without TLS (SES ReceiptRule TlsPolicy). */
public enum TlsPolicy {
    OPTIONAL,
    REQUIRE
}
